namespace Bisque.Dtls.Crypto;

/// <summary>Lengths of SRTP master keys and salts by protection profile (RFC 5764 section 4.1.2, RFC 7714 section 14.2).</summary>
internal static class SrtpKeyLengths
{
    /// <summary>Key and salt in bytes; zeros for a profile that is not known here.</summary>
    public static (int Key, int Salt) Of(ushort profile) => profile switch
    {
        0x0001 or 0x0002 => (16, 14),
        0x0007 => (16, 12),
        0x0008 => (32, 12),
        _ => (0, 0),
    };
}
