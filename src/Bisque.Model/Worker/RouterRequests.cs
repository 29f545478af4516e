namespace Bisque.Model;

/// <summary>Creates a WebRTC transport, on ports of its own or on a WebRTC server.</summary>
public sealed record CreateWebRtcTransportRequest
{
    /// <summary>The new transport's id.</summary>
    public required string TransportId { get; init; }

    /// <summary>Its options.</summary>
    public required WebRtcTransportOptions Options { get; init; }
}

/// <summary>Creates a plain transport.</summary>
public sealed record CreatePlainTransportRequest
{
    /// <summary>The new transport's id.</summary>
    public required string TransportId { get; init; }

    /// <summary>Its options.</summary>
    public required PlainTransportOptions Options { get; init; }
}

/// <summary>Creates a pipe transport.</summary>
public sealed record CreatePipeTransportRequest
{
    /// <summary>The new transport's id.</summary>
    public required string TransportId { get; init; }

    /// <summary>Its options.</summary>
    public required PipeTransportOptions Options { get; init; }
}

/// <summary>Creates a direct transport.</summary>
public sealed record CreateDirectTransportRequest
{
    /// <summary>The new transport's id.</summary>
    public required string TransportId { get; init; }

    /// <summary>Its options.</summary>
    public required DirectTransportOptions Options { get; init; }
}

/// <summary>Creates an active speaker observer.</summary>
public sealed record CreateActiveSpeakerObserverRequest
{
    /// <summary>The new observer's id.</summary>
    public required string RtpObserverId { get; init; }

    /// <summary>Its options.</summary>
    public required ActiveSpeakerObserverOptions Options { get; init; }
}

/// <summary>Creates an audio level observer.</summary>
public sealed record CreateAudioLevelObserverRequest
{
    /// <summary>The new observer's id.</summary>
    public required string RtpObserverId { get; init; }

    /// <summary>Its options.</summary>
    public required AudioLevelObserverOptions Options { get; init; }
}

/// <summary>Closes a transport.</summary>
public sealed record CloseTransportRequest
{
    /// <summary>Which one.</summary>
    public required string TransportId { get; init; }
}

/// <summary>Closes an RTP observer.</summary>
public sealed record CloseRtpObserverRequest
{
    /// <summary>Which one.</summary>
    public required string RtpObserverId { get; init; }
}
