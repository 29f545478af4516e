namespace Bisque.Rtp;

/// <summary>Writes fields of single bits, most significant first. The caller provides enough room.</summary>
internal ref struct BitWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    /// <summary>Bits written so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes begun so far; the bits that are left of the last one are 0.</summary>
    public readonly int Length => (Position + 7) / 8;

    /// <summary>Writes the lowest <paramref name="bits"/> bits of a number.</summary>
    public void Write(uint value, int bits)
    {
        for (var i = bits - 1; i >= 0; i--, Position++)
        {
            ref var at = ref _destination[Position >> 3];
            if ((Position & 7) == 0)
            {
                at = 0;
            }

            at |= (byte)(((value >> i) & 1) << (7 - (Position & 7)));
        }
    }

    /// <summary>Writes one bit.</summary>
    public void Write(bool value) => Write(value ? 1u : 0u, 1);

    /// <summary>Writes a number below <paramref name="count"/>, as <see cref="BitReader.ReadNonSymmetric"/> reads it.</summary>
    public void WriteNonSymmetric(uint value, uint count)
    {
        var width = 32 - System.Numerics.BitOperations.LeadingZeroCount(count);
        var shorter = (1u << width) - count;
        if (value < shorter)
        {
            Write(value, width - 1);
        }
        else
        {
            Write(value + shorter, width);
        }
    }

    /// <summary>Copies the next <paramref name="bits"/> bits of a reader.</summary>
    public void Copy(scoped ref BitReader source, int bits)
    {
        for (; bits >= 32; bits -= 32)
        {
            Write(source.Read(32), 32);
        }

        Write(source.Read(bits), bits);
    }
}
