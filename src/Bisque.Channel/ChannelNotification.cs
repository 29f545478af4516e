namespace Bisque.Channel;

/// <summary>A notification of the controller. It is not answered.</summary>
/// <param name="Event">What it tells.</param>
/// <param name="HandlerId">The entity that it is for; empty for the worker.</param>
/// <param name="Body">The record of Bisque.Model that goes with the event; null for events without.</param>
public sealed record ChannelNotification(NotificationEvent Event, string HandlerId, object? Body);
