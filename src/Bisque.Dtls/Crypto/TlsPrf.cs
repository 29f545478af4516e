using System.Security.Cryptography;

namespace Bisque.Dtls.Crypto;

/// <summary>The pseudorandom function with SHA-256 (RFC 5246 section 5).</summary>
internal static class TlsPrf
{
    private const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>Fills <paramref name="output"/> from a secret, a label and a seed given in two parts.</summary>
    public static void Expand(
        ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> seed, ReadOnlySpan<byte> moreSeed, Span<byte> output)
    {
        // A(i) stands before label and seed, so that both hashes of a round read one contiguous range.
        Span<byte> input = stackalloc byte[HashLength + label.Length + seed.Length + moreSeed.Length];
        var chain = input[..HashLength];
        var labelAndSeed = input[HashLength..];
        label.CopyTo(labelAndSeed);
        seed.CopyTo(labelAndSeed[label.Length..]);
        moreSeed.CopyTo(labelAndSeed[(label.Length + seed.Length)..]);

        Span<byte> block = stackalloc byte[HashLength];
        HMACSHA256.HashData(secret, labelAndSeed, block);
        while (true)
        {
            block.CopyTo(chain);
            HMACSHA256.HashData(secret, input, block);
            var length = Math.Min(HashLength, output.Length);
            block[..length].CopyTo(output);
            output = output[length..];
            if (output.IsEmpty)
            {
                return;
            }

            HMACSHA256.HashData(secret, chain, block);
        }
    }
}
