namespace Bisque.Channel;

/// <summary>A request of the controller. It is answered exactly once, in order.</summary>
/// <param name="Id">The controller's number for it.</param>
/// <param name="Method">What it asks for.</param>
/// <param name="HandlerId">The entity that it is for; empty for the worker.</param>
/// <param name="Body">The record of Bisque.Model that the method takes; null for methods without.</param>
public sealed record ChannelRequest(uint Id, RequestMethod Method, string HandlerId, object? Body);
