using System.Buffers.Binary;

namespace Bisque.Primitives;

/// <summary>
/// Where a protocol gets its randomness. Passed in, so that tests are reproducible and production uses the system's
/// cryptographic generator (<see cref="SystemRandomSource"/>).
/// </summary>
public abstract class RandomSource
{
    private const string LowerCaseAlphanumeric = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>Fills <paramref name="destination"/> with random bytes.</summary>
    public abstract void Fill(Span<byte> destination);

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>
    /// A number from <paramref name="minimum"/> to <paramref name="maximum"/>, both included. The bias of the multiplication
    /// is below 2^-32 for the small ranges used here.
    /// </summary>
    public int NextInt32(int minimum, int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minimum, maximum);
        var size = (ulong)((long)maximum - minimum + 1);
        return (int)(minimum + (long)((UInt128)NextUInt64() * size >> 64));
    }

    /// <summary>A number at least 0 and below 1.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A text of <paramref name="length"/> characters from 0-9 and a-z, as ICE credentials and SRTP keys use.</summary>
    public string NextString(int length)
    {
        Span<char> text = length <= 128 ? stackalloc char[length] : new char[length];
        for (var i = 0; i < length; i++)
        {
            text[i] = LowerCaseAlphanumeric[NextInt32(0, LowerCaseAlphanumeric.Length - 1)];
        }

        return new string(text);
    }
}
