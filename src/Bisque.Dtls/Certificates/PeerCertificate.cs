using System.Security.Cryptography;
using Bisque.Dtls.Crypto;

namespace Bisque.Dtls.Certificates;

/// <summary>The certificate that the peer presented, and the key in it.</summary>
internal sealed class PeerCertificate
{
    /// <summary>Larger RSA keys would let a peer spend our time.</summary>
    private const int MaximumRsaBits = 8192;

    private readonly byte[] _encoded;
    private readonly byte[] _publicKeyInfo;
    private readonly KeyKind _kind;

    private PeerCertificate(byte[] encoded, in SubjectPublicKey key)
    {
        _encoded = encoded;
        _kind = key.Kind;
        _publicKeyInfo = key.Info.ToArray();
    }

    /// <summary>False when it is no certificate with an EC or RSA key.</summary>
    public static bool TryParse(ReadOnlySpan<byte> encoded, out PeerCertificate? certificate)
    {
        certificate = SubjectPublicKey.TryFind(encoded, out var key) ? new(encoded.ToArray(), key) : null;
        return certificate is not null;
    }

    /// <summary>The certificate as PEM text (RFC 7468 section 5), with a line end after the last line as OpenSSL writes it.</summary>
    public string ToPem() => PemEncoding.WriteString("CERTIFICATE", _encoded) + "\n";

    /// <summary>Whether the certificate is the announced one. The case of the digits does not matter (RFC 8122 section 5).</summary>
    public bool Matches(DtlsFingerprint fingerprint) =>
        string.Equals(CertificateHash.Compute(fingerprint.Algorithm, _encoded), fingerprint.Value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether <paramref name="signature"/> over <paramref name="data"/> was made with the certificate's key.</summary>
    public bool Verifies(SignatureScheme scheme, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (scheme.KeyKind() != _kind)
        {
            return false;
        }

        try
        {
            return _kind == KeyKind.Ecdsa ? VerifiesEcdsa(scheme, data, signature) : VerifiesRsa(scheme, data, signature);
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            // A key that is no point of its curve, or a curve that the platform lacks. The framework has no non-throwing import; a handshake fails once, so this is not a path to flood.
            return false;
        }
    }

    private bool VerifiesEcdsa(SignatureScheme scheme, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(_publicKeyInfo, out _);
        return key.VerifyData(data, signature, scheme.Hash(), DSASignatureFormat.Rfc3279DerSequence);
    }

    private bool VerifiesRsa(SignatureScheme scheme, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(_publicKeyInfo, out _);
        return key.KeySize <= MaximumRsaBits && key.VerifyData(data, signature, scheme.Hash(), RSASignaturePadding.Pkcs1);
    }
}
