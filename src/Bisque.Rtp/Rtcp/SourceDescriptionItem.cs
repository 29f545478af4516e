namespace Bisque.Rtp;

/// <summary>One item of an SDES chunk.</summary>
public readonly ref struct SourceDescriptionItem
{
    internal SourceDescriptionItem(byte type, ReadOnlySpan<byte> text)
    {
        Type = type;
        Text = text;
    }

    /// <summary>The item type; <see cref="SourceDescriptionChunk.CnameType"/> for the canonical name.</summary>
    public byte Type { get; }

    /// <summary>The text, in UTF-8, at most 255 bytes.</summary>
    public ReadOnlySpan<byte> Text { get; }
}
