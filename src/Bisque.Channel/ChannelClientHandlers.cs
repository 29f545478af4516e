using Bisque.Model;

namespace Bisque.Channel;

/// <summary>What a <see cref="ChannelClient"/> tells unasked.</summary>
public sealed record ChannelClientHandlers
{
    /// <summary>Told of every event of the worker.</summary>
    public Action<WorkerEvent>? Event { get; init; }

    /// <summary>Told of every line of log; its first character is the level.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Told of messages that cannot be read, and of exceptions that the other handlers threw.</summary>
    public Action<Exception>? Fault { get; init; }
}
