using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace Bisque.Dtls.Certificates;

/// <summary>Certificate hashes as SDP writes them (RFC 8122 section 5).</summary>
internal static class CertificateHash
{
    /// <summary>Upper-case pairs of hexadecimal digits joined by colons.</summary>
    public static string Compute(FingerprintAlgorithm algorithm, ReadOnlySpan<byte> certificate)
    {
        var hash = algorithm switch
        {
            FingerprintAlgorithm.Sha1 => SHA1.HashData(certificate),
            FingerprintAlgorithm.Sha224 => Sha224(certificate),
            FingerprintAlgorithm.Sha256 => SHA256.HashData(certificate),
            FingerprintAlgorithm.Sha384 => SHA384.HashData(certificate),
            FingerprintAlgorithm.Sha512 => SHA512.HashData(certificate),
            _ => [],
        };
        return string.Create(Math.Max(0, hash.Length * 3 - 1), hash, static (text, bytes) =>
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                if (i > 0)
                {
                    text[i * 3 - 1] = ':';
                }

                text[i * 3] = Digit(bytes[i] >> 4);
                text[i * 3 + 1] = Digit(bytes[i] & 15);
            }
        });
    }

    /// <summary>All five hashes of a certificate.</summary>
    public static DtlsFingerprint[] ComputeAll(ReadOnlySpan<byte> certificate)
    {
        var fingerprints = new DtlsFingerprint[(int)FingerprintAlgorithm.Sha512 + 1];
        for (var algorithm = FingerprintAlgorithm.Sha1; algorithm <= FingerprintAlgorithm.Sha512; algorithm++)
        {
            fingerprints[(int)algorithm] = new(algorithm, Compute(algorithm, certificate));
        }

        return fingerprints;
    }

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);

    // The framework has no SHA-224.
    private static byte[] Sha224(ReadOnlySpan<byte> certificate)
    {
        var digest = new Sha224Digest();
        var hash = new byte[digest.GetDigestSize()];
        digest.BlockUpdate(certificate);
        digest.DoFinal(hash);
        return hash;
    }
}
