namespace Bisque.Sctp;

/// <summary>
/// A Message Identifier: numbers the messages of one stream in I-DATA chunks, ordered and unordered apart, compared modulo 2^32
/// (RFC 8260 section 2.1).
/// </summary>
public readonly record struct Mid(uint Value)
{
    /// <summary>The number that follows, 0 after 2^32 - 1.</summary>
    public Mid Next => new(Value + 1);

    /// <summary>How far <paramref name="other"/> lies ahead of this one: 1 to 2^31 - 1 when newer, negative when older.</summary>
    public int DistanceTo(Mid other) => (int)(other.Value - Value);

    /// <summary>Whether this number comes after <paramref name="other"/>, wrapping.</summary>
    public bool IsNewerThan(Mid other) => other.DistanceTo(this) > 0;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
