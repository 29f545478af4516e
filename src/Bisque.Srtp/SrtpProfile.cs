using System.Diagnostics.CodeAnalysis;

namespace Bisque.Srtp;

/// <summary>SRTP protection profiles by their DTLS-SRTP number (RFC 5764 section 4.1.2, RFC 7714 section 14.2).</summary>
[SuppressMessage("Naming", "CA1707:Identifiers should not contain underscores", Justification = "The names are those of the registry.")]
public enum SrtpProfile : ushort
{
    /// <summary>AES-128 in counter mode, HMAC-SHA1 with 80-bit tags (RFC 3711).</summary>
    AesCm128HmacSha1_80 = 1,

    /// <summary>AES-128 in counter mode, HMAC-SHA1 with 32-bit tags for SRTP and 80-bit tags for SRTCP (RFC 3711, RFC 5764 section 4.1.2).</summary>
    AesCm128HmacSha1_32 = 2,

    /// <summary>AES-128 in Galois/counter mode with 128-bit tags (RFC 7714).</summary>
    AeadAes128Gcm = 7,

    /// <summary>AES-256 in Galois/counter mode with 128-bit tags (RFC 7714).</summary>
    AeadAes256Gcm = 8,
}
