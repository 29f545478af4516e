using Bisque.Primitives;

namespace Bisque.Dtls;

/// <summary>An X.509 certificate with its private key, as a DTLS endpoint presents it.</summary>
public sealed class DtlsCertificate
{
    internal DtlsCertificate(IReadOnlyList<DtlsFingerprint> fingerprints) => Fingerprints = fingerprints;

    /// <summary>The certificate's fingerprints: sha-1, sha-224, sha-256, sha-384, sha-512.</summary>
    public IReadOnlyList<DtlsFingerprint> Fingerprints { get; }

    /// <summary>Makes a new self-signed P-256 certificate, valid from ten years before <paramref name="now"/> to ten years after.</summary>
    public static DtlsCertificate Generate(RandomSource random, DateTimeOffset now) => throw new NotSupportedException();

    /// <summary>Reads a certificate and its private key (EC on P-256, or RSA; SEC 1, PKCS#1 or PKCS#8) from PEM texts.</summary>
    /// <exception cref="DtlsCertificateException">One of them cannot be read or used, or they do not belong together.</exception>
    public static DtlsCertificate FromPem(string certificatePem, string privateKeyPem) => throw new NotSupportedException();
}
