namespace Bisque.Primitives;

/// <summary>A 32-bit RTP timestamp in units of the stream's clock rate, compared modulo 2^32 (RFC 3550 section 5.1).</summary>
public readonly record struct RtpTimestamp(uint Value)
{
    /// <summary>How far <paramref name="other"/> lies ahead of this one, in clock units; negative when it is older.</summary>
    public int DistanceTo(RtpTimestamp other) => (int)(other.Value - Value);

    /// <summary>Whether this timestamp comes after <paramref name="other"/>, wrapping.</summary>
    public bool IsNewerThan(RtpTimestamp other) => other.DistanceTo(this) > 0;

    /// <summary>This timestamp moved by <paramref name="units"/>, which may be negative, wrapping.</summary>
    public RtpTimestamp Plus(long units) => new((uint)(Value + units));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
