namespace Bisque.Sctp;

/// <summary>A Stream Sequence Number: numbers the ordered messages of one stream in DATA chunks, compared modulo 2^16 (RFC 9260 section 1.6).</summary>
public readonly record struct Ssn(ushort Value)
{
    /// <summary>The number that follows, 0 after 65535.</summary>
    public Ssn Next => new((ushort)(Value + 1));

    /// <summary>How far <paramref name="other"/> lies ahead of this one: 1 to 32767 when newer, negative when older.</summary>
    public int DistanceTo(Ssn other) => (short)(other.Value - Value);

    /// <summary>Whether this number comes after <paramref name="other"/>, wrapping.</summary>
    public bool IsNewerThan(Ssn other) => other.DistanceTo(this) > 0;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
