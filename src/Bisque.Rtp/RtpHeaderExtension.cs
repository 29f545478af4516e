namespace Bisque.Rtp;

/// <summary>One element of a header extension block (RFC 8285 section 4.1).</summary>
public readonly ref struct RtpHeaderExtension
{
    internal RtpHeaderExtension(byte id, int offset, ReadOnlySpan<byte> value)
    {
        Id = id;
        Offset = offset;
        Value = value;
    }

    /// <summary>The local identifier: 1 to 14 in the one-byte form, 1 to 255 in the two-byte form.</summary>
    public byte Id { get; }

    /// <summary>Where the value begins, counted from the start of the packet.</summary>
    public int Offset { get; }

    /// <summary>The value; only the two-byte form can carry an empty one.</summary>
    public ReadOnlySpan<byte> Value { get; }
}
