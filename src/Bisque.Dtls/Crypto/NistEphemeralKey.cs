using System.Security.Cryptography;
using Bisque.Primitives;

namespace Bisque.Dtls.Crypto;

/// <summary>A key pair on P-256 or P-384. The framework's is twenty times as fast as BouncyCastle's and allocates little.</summary>
internal sealed class NistEphemeralKey : EphemeralKey
{
    private readonly NamedGroup _group;
    private readonly ECDiffieHellman _key;

    public NistEphemeralKey(NamedGroup group, RandomSource random)
    {
        _group = group;
        var privateKey = NistCurve.NewPrivateKey(group, random);
        _key = ECDiffieHellman.Create(new ECParameters { Curve = NistCurve.CurveOf(group), D = privateKey });
        CryptographicOperations.ZeroMemory(privateKey);
        PublicKey = NistCurve.EncodePoint(_key.ExportParameters(false).Q);
    }

    public override byte[] PublicKey { get; }

    public override byte[]? Agree(ReadOnlySpan<byte> peerPublicKey)
    {
        if (!NistCurve.TryDecodePoint(_group, peerPublicKey, out var point))
        {
            return null;
        }

        try
        {
            using var peer = ECDiffieHellman.Create(new ECParameters { Curve = NistCurve.CurveOf(_group), Q = point });
            return _key.DeriveRawSecretAgreement(peer.PublicKey);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public override void Dispose() => _key.Dispose();
}
