using Bisque.Primitives;

namespace Bisque.Testing;

/// <summary>A reproducible random source: the same seed gives the same bytes on every machine (SplitMix64).</summary>
public sealed class SeededRandomSource(ulong seed) : RandomSource
{
    private ulong _state = seed;

    /// <inheritdoc/>
    public override void Fill(Span<byte> destination)
    {
        for (var i = 0; i < destination.Length; i += 8)
        {
            var word = Next();
            for (var j = i; j < destination.Length && j < i + 8; j++)
            {
                destination[j] = (byte)word;
                word >>= 8;
            }
        }
    }

    private ulong Next()
    {
        var z = _state += 0x9E37_79B9_7F4A_7C15;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
