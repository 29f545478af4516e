namespace Bisque.Model;

/// <summary>A negotiated header extension (RFC 8285).</summary>
public sealed record RtpHeaderExtensionParameters
{
    /// <summary>Which extension it is.</summary>
    public RtpHeaderExtensionUri Uri { get; init; }

    /// <summary>The id that stands for it in packets.</summary>
    public byte Id { get; init; }

    /// <summary>Whether it is encrypted (RFC 6904).</summary>
    public bool Encrypt { get; init; }

    /// <summary>Its parameters; null when there are none.</summary>
    public IReadOnlyList<CodecParameter>? Parameters { get; init; }
}
