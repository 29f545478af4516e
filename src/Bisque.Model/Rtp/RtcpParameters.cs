namespace Bisque.Model;

/// <summary>How RTCP is spoken about the streams.</summary>
public sealed record RtcpParameters
{
    /// <summary>The canonical name (RFC 3550 section 6.5.1).</summary>
    public string? Cname { get; init; }

    /// <summary>Whether reduced-size RTCP may be sent (RFC 5506).</summary>
    public bool ReducedSize { get; init; } = true;
}
