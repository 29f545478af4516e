using Bisque.Dtls.Crypto;

namespace Bisque.Dtls.Certificates;

/// <summary>Finds the public key in a certificate (RFC 5280 section 4.1). Nothing else in it matters: the fingerprint vouches for it.</summary>
internal readonly ref struct SubjectPublicKey
{
    private SubjectPublicKey(KeyKind kind, ReadOnlySpan<byte> info)
    {
        Kind = kind;
        Info = info;
    }

    /// <summary>What the key signs with.</summary>
    public KeyKind Kind { get; }

    /// <summary>The whole SubjectPublicKeyInfo.</summary>
    public ReadOnlySpan<byte> Info { get; }

    /// <summary>1.2.840.10045.2.1, id-ecPublicKey (RFC 5480 section 2.1.1).</summary>
    private static ReadOnlySpan<byte> EcPublicKey => [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];

    /// <summary>1.2.840.113549.1.1.1, rsaEncryption (RFC 8017 appendix A.1).</summary>
    private static ReadOnlySpan<byte> RsaEncryption => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

    /// <summary>1.2.840.10045.3.1.7, P-256.</summary>
    private static ReadOnlySpan<byte> Secp256r1 => [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

    /// <summary>1.3.132.0.34, P-384.</summary>
    private static ReadOnlySpan<byte> Secp384r1 => [0x2b, 0x81, 0x04, 0x00, 0x22];

    /// <summary>1.3.132.0.35, P-521.</summary>
    private static ReadOnlySpan<byte> Secp521r1 => [0x2b, 0x81, 0x04, 0x00, 0x23];

    /// <summary>False when <paramref name="certificate"/> is not DER of a certificate with an EC or RSA key.</summary>
    public static bool TryFind(ReadOnlySpan<byte> certificate, out SubjectPublicKey key)
    {
        key = default;
        var outer = new DerReader(certificate);
        if (!outer.TryRead(DerReader.Sequence, out var body) || !outer.IsAtEnd)
        {
            return false;
        }

        var reader = new DerReader(body);
        if (!reader.TryRead(DerReader.Sequence, out var signed))
        {
            return false;
        }

        // Version (optional), serial number, signature algorithm, issuer, validity, subject, key.
        reader = new(signed);
        if (reader.NextTag == DerReader.ContextZero && !reader.TryRead(DerReader.ContextZero, out _))
        {
            return false;
        }

        if (!reader.TryRead(DerReader.Integer, out _)
            || !reader.TryRead(DerReader.Sequence, out _)
            || !reader.TryRead(DerReader.Sequence, out _)
            || !reader.TryRead(DerReader.Sequence, out _)
            || !reader.TryRead(DerReader.Sequence, out _)
            || !reader.TryReadWhole(DerReader.Sequence, out var info))
        {
            return false;
        }

        reader = new(info);
        if (!reader.TryRead(DerReader.Sequence, out var content))
        {
            return false;
        }

        reader = new(content);
        if (!reader.TryRead(DerReader.Sequence, out var algorithm))
        {
            return false;
        }

        reader = new(algorithm);
        if (!reader.TryRead(DerReader.ObjectIdentifier, out var identifier))
        {
            return false;
        }

        if (identifier.SequenceEqual(EcPublicKey))
        {
            key = new(KeyKind.Ecdsa, info);
            return reader.TryRead(DerReader.ObjectIdentifier, out var curve) && IsKnownCurve(curve);
        }

        key = new(KeyKind.Rsa, info);
        return identifier.SequenceEqual(RsaEncryption);
    }

    // Curves given by parameters are refused: a peer could choose ones that take long.
    private static bool IsKnownCurve(ReadOnlySpan<byte> identifier) =>
        identifier.SequenceEqual(Secp256r1) || identifier.SequenceEqual(Secp384r1) || identifier.SequenceEqual(Secp521r1);
}
