namespace Bisque.Testing;

/// <summary>
/// Damages valid messages in the ways networks and attackers do: flipped bits, overwritten bytes and lengths, cuts, insertions,
/// repeated parts. Seeded, so that a failing input can be made again from its number.
/// </summary>
public sealed class Mutator(ulong seed)
{
    private readonly SeededRandomSource _random = new(seed);

    /// <summary>A damaged copy of one of <paramref name="corpus"/>, or now and then plain random bytes.</summary>
    public byte[] Next(IReadOnlyList<byte[]> corpus)
    {
        if (corpus.Count == 0 || _random.NextInt32(0, 31) == 0)
        {
            var noise = new byte[_random.NextInt32(0, 200)];
            _random.Fill(noise);
            return noise;
        }

        var bytes = (byte[])corpus[_random.NextInt32(0, corpus.Count - 1)].Clone();
        for (var rounds = _random.NextInt32(1, 4); rounds > 0; rounds--)
        {
            bytes = Damage(bytes);
        }

        return bytes;
    }

    private byte[] Damage(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return [(byte)_random.NextUInt32()];
        }

        var at = _random.NextInt32(0, bytes.Length - 1);
        switch (_random.NextInt32(0, 7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << _random.NextInt32(0, 7));
                return bytes;
            case 1:
                bytes[at] = (byte)_random.NextUInt32();
                return bytes;
            case 2:
                bytes[at] = _random.NextInt32(0, 1) == 0 ? (byte)0 : (byte)0xff;
                return bytes;
            case 3:
                return bytes[..at];
            case 4:
                return [.. bytes[..at], (byte)_random.NextUInt32(), .. bytes[at..]];
            case 5:
                return [.. bytes[..at], .. bytes[(at + 1)..]];
            case 6:
                return [.. bytes, .. bytes[at..]];
            default:
                if (at + 1 < bytes.Length)
                {
                    bytes[at] = 0xff;
                    bytes[at + 1] = (byte)_random.NextUInt32();
                }

                return bytes;
        }
    }
}
