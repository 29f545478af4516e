using Bisque.Primitives;

namespace Bisque.Dtls;

/// <summary>What a <see cref="DtlsEndpoint"/> is made with. Read once, by the constructor.</summary>
public sealed record DtlsOptions
{
    /// <summary>The largest datagram sent when nothing else is said: leaves room for IPv6, UDP and tunnels below 1,500 bytes.</summary>
    public const int DefaultMtu = 1350;

    /// <summary>Which side of the handshake to play.</summary>
    public required DtlsRole Role { get; init; }

    /// <summary>The certificate to present, with its private key. May be shared by any number of endpoints of one thread.</summary>
    public required DtlsCertificate Certificate { get; init; }

    /// <summary>Where randomness comes from. Must be cryptographic outside of tests.</summary>
    public required RandomSource Random { get; init; }

    /// <summary>
    /// SRTP protection profiles in order of preference (RFC 5764 section 4.1.2, RFC 7714 section 14.2). A server picks by its own
    /// order. The default is AEAD_AES_256_GCM, AEAD_AES_128_GCM, SRTP_AES128_CM_HMAC_SHA1_80, SRTP_AES128_CM_HMAC_SHA1_32.
    /// </summary>
    public IReadOnlyList<ushort> SrtpProfiles { get; init; } = [0x0008, 0x0007, 0x0001, 0x0002];

    /// <summary>The largest datagram to send, in bytes, 256 to 1,500. Handshake messages are fragmented to it.</summary>
    public int Mtu { get; init; } = DefaultMtu;
}
