using System.Security.Cryptography;
using Bisque.Primitives;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Bisque.Dtls.Crypto;

/// <summary>A key pair on Curve25519 (RFC 7748 section 6.1), which the framework does not have.</summary>
internal sealed class X25519EphemeralKey : EphemeralKey
{
    private readonly byte[] _privateKey = new byte[X25519.ScalarSize];

    public X25519EphemeralKey(RandomSource random)
    {
        random.Fill(_privateKey);
        X25519.ScalarMultBase(_privateKey, 0, PublicKey, 0);
    }

    public override byte[] PublicKey { get; } = new byte[X25519.PointSize];

    public override byte[]? Agree(ReadOnlySpan<byte> peerPublicKey)
    {
        if (peerPublicKey.Length != X25519.PointSize)
        {
            return null;
        }

        // False for an all-zero result, which a small-order point gives (RFC 8422 section 5.11).
        var secret = new byte[X25519.PointSize];
        return X25519.CalculateAgreement(_privateKey, 0, peerPublicKey.ToArray(), 0, secret, 0) ? secret : null;
    }

    public override void Dispose() => CryptographicOperations.ZeroMemory(_privateKey);
}
