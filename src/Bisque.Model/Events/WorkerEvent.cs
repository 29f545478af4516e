namespace Bisque.Model;

/// <summary>Something that the worker tells unasked.</summary>
/// <param name="HandlerId">The id of the entity that it is about; the process id when it is the worker.</param>
public abstract record WorkerEvent(string HandlerId);

/// <summary>The worker is ready for requests. The handler id is the process id.</summary>
public sealed record WorkerRunningEvent(string HandlerId) : WorkerEvent(HandlerId);
