namespace Bisque.Model;

/// <summary>One kind of RTCP feedback (RFC 4585 section 4.2), such as <c>nack</c> with parameter <c>pli</c>.</summary>
public sealed record RtcpFeedback
{
    /// <summary>The feedback's type.</summary>
    public required string Type { get; init; }

    /// <summary>The feedback's parameter; null when there is none.</summary>
    public string? Parameter { get; init; }
}
