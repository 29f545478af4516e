namespace Bisque.Model;

/// <summary>A worker as it stands.</summary>
public sealed record WorkerDump
{
    /// <summary>The process's id.</summary>
    public uint Pid { get; init; }

    /// <summary>Its WebRTC servers.</summary>
    public required IReadOnlyList<string> WebRtcServerIds { get; init; }

    /// <summary>Its routers.</summary>
    public required IReadOnlyList<string> RouterIds { get; init; }

    /// <summary>Who may be spoken to.</summary>
    public required ChannelMessageHandlers ChannelMessageHandlers { get; init; }
}

/// <summary>The ids that requests and notifications may be sent to.</summary>
public sealed record ChannelMessageHandlers
{
    /// <summary>Ids that take requests.</summary>
    public required IReadOnlyList<string> ChannelRequestHandlers { get; init; }

    /// <summary>Ids that take notifications.</summary>
    public required IReadOnlyList<string> ChannelNotificationHandlers { get; init; }
}
