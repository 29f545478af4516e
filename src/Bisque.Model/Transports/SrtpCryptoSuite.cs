using System.Diagnostics.CodeAnalysis;

namespace Bisque.Model;

/// <summary>The SRTP suites, numbered as on the wire.</summary>
[SuppressMessage("Naming", "CA1707", Justification = "The names of RFC 4568 end in an underscore and the tag's length.")]
public enum SrtpCryptoSuite : byte
{
    /// <summary>AES-256 in GCM (RFC 7714).</summary>
    AeadAes256Gcm,

    /// <summary>AES-128 in GCM (RFC 7714).</summary>
    AeadAes128Gcm,

    /// <summary>AES-128 in counter mode with an 80-bit tag (RFC 3711).</summary>
    AesCm128HmacSha1_80,

    /// <summary>AES-128 in counter mode with a 32-bit tag (RFC 3711).</summary>
    AesCm128HmacSha1_32,
}
