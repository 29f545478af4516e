namespace Bisque.Model;

/// <summary>Changes what the worker logs.</summary>
public sealed record UpdateSettingsRequest
{
    /// <summary>The new level; null to keep it.</summary>
    public string? LogLevel { get; init; }

    /// <summary>The new set of tags; null to keep it.</summary>
    public IReadOnlyList<string>? LogTags { get; init; }
}

/// <summary>Creates a WebRTC server.</summary>
public sealed record CreateWebRtcServerRequest
{
    /// <summary>The new server's id.</summary>
    public required string WebRtcServerId { get; init; }

    /// <summary>Where it listens.</summary>
    public required IReadOnlyList<ListenInfo> ListenInfos { get; init; }
}

/// <summary>Closes a WebRTC server.</summary>
public sealed record CloseWebRtcServerRequest
{
    /// <summary>Which one.</summary>
    public required string WebRtcServerId { get; init; }
}

/// <summary>Creates a router.</summary>
public sealed record CreateRouterRequest
{
    /// <summary>The new router's id.</summary>
    public required string RouterId { get; init; }
}

/// <summary>Closes a router.</summary>
public sealed record CloseRouterRequest
{
    /// <summary>Which one.</summary>
    public required string RouterId { get; init; }
}
