namespace Bisque.Primitives;

/// <summary>A rate in bits per second.</summary>
public readonly record struct Bitrate(long BitsPerSecond) : IComparable<Bitrate>
{
    /// <summary>No bits at all. Many settings read it as "not limited".</summary>
    public static readonly Bitrate Zero;

    /// <summary>The rate at which <paramref name="bytes"/> pass in <paramref name="span"/>; zero for an empty span.</summary>
    public static Bitrate Of(long bytes, TimeSpan span) =>
        span <= TimeSpan.Zero ? Zero : new((long)Math.Round(bytes * 8 / span.TotalSeconds));

    /// <summary>Whether <paramref name="left"/> is smaller.</summary>
    public static bool operator <(Bitrate left, Bitrate right) => left.BitsPerSecond < right.BitsPerSecond;

    /// <summary>Whether <paramref name="left"/> is larger.</summary>
    public static bool operator >(Bitrate left, Bitrate right) => left.BitsPerSecond > right.BitsPerSecond;

    /// <summary>Whether <paramref name="left"/> is smaller or the same.</summary>
    public static bool operator <=(Bitrate left, Bitrate right) => left.BitsPerSecond <= right.BitsPerSecond;

    /// <summary>Whether <paramref name="left"/> is larger or the same.</summary>
    public static bool operator >=(Bitrate left, Bitrate right) => left.BitsPerSecond >= right.BitsPerSecond;

    /// <summary>The sum of two rates.</summary>
    public static Bitrate operator +(Bitrate left, Bitrate right) => new(left.BitsPerSecond + right.BitsPerSecond);

    /// <summary>The rate scaled by <paramref name="factor"/>, rounded.</summary>
    public static Bitrate operator *(Bitrate rate, double factor) => new((long)Math.Round(rate.BitsPerSecond * factor));

    /// <inheritdoc/>
    public int CompareTo(Bitrate other) => BitsPerSecond.CompareTo(other.BitsPerSecond);

    /// <inheritdoc/>
    public override string ToString() => $"{BitsPerSecond} bit/s";
}
