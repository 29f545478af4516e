using Bisque.Primitives;

namespace Bisque.Dtls.Crypto;

/// <summary>One side's key pair for one key exchange (RFC 8422 section 5.11).</summary>
internal abstract class EphemeralKey : IDisposable
{
    /// <summary>The longest public key: an uncompressed point of P-384.</summary>
    public const int MaximumPublicKeyLength = 97;

    /// <summary>From the most to the least preferred.</summary>
    public static ReadOnlySpan<NamedGroup> GroupsInOrderOfPreference => [NamedGroup.X25519, NamedGroup.Secp256r1, NamedGroup.Secp384r1];

    /// <summary>The public key as key exchange messages carry it.</summary>
    public abstract byte[] PublicKey { get; }

    /// <summary>A new key pair of one of <see cref="GroupsInOrderOfPreference"/>.</summary>
    public static EphemeralKey Generate(NamedGroup group, RandomSource random) =>
        group == NamedGroup.X25519 ? new X25519EphemeralKey(random) : new NistEphemeralKey(group, random);

    /// <summary>The premaster secret, or null when the peer's public key is not a valid one.</summary>
    public abstract byte[]? Agree(ReadOnlySpan<byte> peerPublicKey);

    public abstract void Dispose();
}
