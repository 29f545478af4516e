namespace Bisque.Sctp;

/// <summary>A Transmission Sequence Number: numbers DATA chunks of one direction, compared modulo 2^32 (RFC 9260 section 1.6, RFC 1982).</summary>
public readonly record struct Tsn(uint Value)
{
    /// <summary>The number that follows, 0 after 2^32 - 1.</summary>
    public Tsn Next => new(Value + 1);

    /// <summary>The number before, 2^32 - 1 before 0.</summary>
    public Tsn Previous => new(Value - 1);

    /// <summary>How far <paramref name="other"/> lies ahead of this one: 1 to 2^31 - 1 when newer, negative when older.</summary>
    public int DistanceTo(Tsn other) => (int)(other.Value - Value);

    /// <summary>Whether this number comes after <paramref name="other"/>, wrapping.</summary>
    public bool IsNewerThan(Tsn other) => other.DistanceTo(this) > 0;

    /// <summary>This number moved by <paramref name="count"/>, which may be negative, wrapping.</summary>
    public Tsn Plus(int count) => new(Value + (uint)count);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
