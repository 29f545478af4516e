using System.Security.Cryptography;
using Bisque.Dtls.Certificates;
using Bisque.Dtls.Crypto;
using Bisque.Primitives;

namespace Bisque.Dtls;

/// <summary>
/// An X.509 certificate with its private key, as a DTLS endpoint presents it. Lives as long as the worker that shares it among its
/// endpoints; the key's native handle is freed by its finalizer.
/// </summary>
public sealed class DtlsCertificate
{
    private const int YearsOfValidity = 10;

    private readonly AsymmetricAlgorithm _key;

    private DtlsCertificate(byte[] encoded, AsymmetricAlgorithm key)
    {
        Encoded = encoded;
        _key = key;
        Fingerprints = CertificateHash.ComputeAll(encoded);
    }

    /// <summary>The certificate's fingerprints: sha-1, sha-224, sha-256, sha-384, sha-512.</summary>
    public IReadOnlyList<DtlsFingerprint> Fingerprints { get; }

    /// <summary>The certificate as DER.</summary>
    internal byte[] Encoded { get; }

    internal KeyKind KeyKind => _key is RSA ? KeyKind.Rsa : KeyKind.Ecdsa;

    /// <summary>
    /// Makes a new self-signed P-256 certificate of "bisque" and six digits, valid from ten years before <paramref name="now"/> to ten
    /// years after. Takes a millisecond, several when it is the first use of cryptography in the process.
    /// </summary>
    public static DtlsCertificate Generate(RandomSource random, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(random);
        var privateKey = NistCurve.NewPrivateKey(NamedGroup.Secp256r1, random);
        var key = ECDsa.Create(new ECParameters { Curve = NistCurve.CurveOf(NamedGroup.Secp256r1), D = privateKey });
        CryptographicOperations.ZeroMemory(privateKey);
        var name = $"bisque{random.NextInt32(100_000, 999_999)}";
        var encoded = SelfSignedCertificate.Create(key, name, now.AddYears(-YearsOfValidity), now.AddYears(YearsOfValidity), random);
        return new(encoded, key);
    }

    /// <summary>
    /// Reads a certificate and its private key from PEM texts: EC on P-256 or P-384 (SEC 1 or PKCS#8), or RSA of 2,048 bits or more
    /// (PKCS#1 or PKCS#8), not encrypted. Of a chain the first certificate is used.
    /// </summary>
    /// <exception cref="DtlsCertificateException">One of them cannot be read or used, or they do not belong together.</exception>
    public static DtlsCertificate FromPem(string certificatePem, string privateKeyPem)
    {
        ArgumentNullException.ThrowIfNull(certificatePem);
        ArgumentNullException.ThrowIfNull(privateKeyPem);
        var encoded = PemPair.ReadCertificate(certificatePem);
        if (!SubjectPublicKey.TryFind(encoded, out var publicKey))
        {
            throw new DtlsCertificateException("the certificate is not X.509 with an EC or RSA key");
        }

        return new(encoded, PemPair.ReadKey(privateKeyPem, publicKey));
    }

    // The nonce of an ECDSA signature is the one random number that does not come from RandomSource: the system's library hashes
    // the private key into it, which is safer than any source that we could pass in.
    internal byte[] Sign(SignatureScheme scheme, ReadOnlySpan<byte> data) => _key is RSA rsa
        ? rsa.SignData(data, scheme.Hash(), RSASignaturePadding.Pkcs1)
        : ((ECDsa)_key).SignData(data, scheme.Hash(), DSASignatureFormat.Rfc3279DerSequence);
}
