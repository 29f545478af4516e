namespace Bisque.Channel.Responses;

/// <summary>The answer to a request, as the controller reads it.</summary>
internal sealed record ChannelResponse(uint Id, bool Accepted, object? Body, string? Error, string? Reason);
