namespace Bisque.Model;

/// <summary>How a producer's payload types and SSRCs are renamed inside the router.</summary>
public sealed record RtpMapping
{
    /// <summary>The payload types.</summary>
    public required IReadOnlyList<RtpCodecMapping> Codecs { get; init; }

    /// <summary>The encodings.</summary>
    public required IReadOnlyList<RtpEncodingMapping> Encodings { get; init; }
}

/// <summary>A payload type of the producer and the one that stands for it inside the router.</summary>
public sealed record RtpCodecMapping
{
    /// <summary>The producer's payload type.</summary>
    public byte PayloadType { get; init; }

    /// <summary>The router's payload type.</summary>
    public byte MappedPayloadType { get; init; }
}

/// <summary>An encoding of the producer and the SSRC that stands for it inside the router.</summary>
public sealed record RtpEncodingMapping
{
    /// <summary>The encoding's RID, if it has one.</summary>
    public string? Rid { get; init; }

    /// <summary>The encoding's SSRC, if it is known.</summary>
    public uint? Ssrc { get; init; }

    /// <summary>The router's SSRC.</summary>
    public uint MappedSsrc { get; init; }
}
