namespace Bisque.Primitives;

/// <summary>A 16-bit RTP sequence number, compared modulo 2^16 (RFC 1982, RFC 3550 appendix A.1).</summary>
public readonly record struct SequenceNumber(ushort Value)
{
    /// <summary>The number that follows, 0 after 65535.</summary>
    public SequenceNumber Next => new((ushort)(Value + 1));

    /// <summary>How far <paramref name="other"/> lies ahead of this one: 1 to 32767 when newer, negative when older.</summary>
    public int DistanceTo(SequenceNumber other) => (short)(other.Value - Value);

    /// <summary>Whether this number comes after <paramref name="other"/>, wrapping.</summary>
    public bool IsNewerThan(SequenceNumber other) => other.DistanceTo(this) > 0;

    /// <summary>This number moved by <paramref name="count"/>, which may be negative, wrapping.</summary>
    public SequenceNumber Plus(int count) => new((ushort)(Value + count));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
