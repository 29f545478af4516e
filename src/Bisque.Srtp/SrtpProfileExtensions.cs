namespace Bisque.Srtp;

/// <summary>The lengths that a protection profile fixes, all in bytes.</summary>
public static class SrtpProfileExtensions
{
    /// <summary>Length of the SRTCP index with its E flag, part of every protected RTCP packet (RFC 3711 section 3.4).</summary>
    internal const int SrtcpIndexLength = 4;

    /// <summary>Whether the number names one of the profiles of <see cref="SrtpProfile"/>.</summary>
    public static bool IsKnown(this SrtpProfile profile) =>
        profile is SrtpProfile.AesCm128HmacSha1_80 or SrtpProfile.AesCm128HmacSha1_32 or SrtpProfile.AeadAes128Gcm or SrtpProfile.AeadAes256Gcm;

    /// <summary>Whether the profile is an AEAD one (RFC 7714).</summary>
    public static bool IsAead(this SrtpProfile profile) => profile is SrtpProfile.AeadAes128Gcm or SrtpProfile.AeadAes256Gcm;

    /// <summary>Length of the master key: 16 or 32.</summary>
    public static int KeyLength(this SrtpProfile profile) => profile switch
    {
        SrtpProfile.AesCm128HmacSha1_80 or SrtpProfile.AesCm128HmacSha1_32 or SrtpProfile.AeadAes128Gcm => 16,
        SrtpProfile.AeadAes256Gcm => 32,
        _ => throw new ArgumentOutOfRangeException(nameof(profile)),
    };

    /// <summary>Length of the master salt: 14 (RFC 3711) or 12 (RFC 7714).</summary>
    public static int SaltLength(this SrtpProfile profile) => profile switch
    {
        SrtpProfile.AesCm128HmacSha1_80 or SrtpProfile.AesCm128HmacSha1_32 => 14,
        SrtpProfile.AeadAes128Gcm or SrtpProfile.AeadAes256Gcm => 12,
        _ => throw new ArgumentOutOfRangeException(nameof(profile)),
    };

    /// <summary>Length of master key and salt together, as they travel: 30, 28 or 44.</summary>
    public static int KeyMaterialLength(this SrtpProfile profile) => profile.KeyLength() + profile.SaltLength();

    /// <summary>Length of the authentication tag of an RTP packet: 10, 4 or 16.</summary>
    public static int RtpTagLength(this SrtpProfile profile) => profile switch
    {
        SrtpProfile.AesCm128HmacSha1_80 => 10,
        SrtpProfile.AesCm128HmacSha1_32 => 4,
        SrtpProfile.AeadAes128Gcm or SrtpProfile.AeadAes256Gcm => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(profile)),
    };

    /// <summary>Length of the authentication tag of an RTCP packet, 10 or 16, without the SRTCP index.</summary>
    public static int RtcpTagLength(this SrtpProfile profile) => profile.IsAead() ? 16 : 10;

    /// <summary>By how much protection lengthens an RTP packet.</summary>
    public static int RtpOverhead(this SrtpProfile profile) => profile.RtpTagLength();

    /// <summary>By how much protection lengthens an RTCP packet: tag and SRTCP index.</summary>
    public static int RtcpOverhead(this SrtpProfile profile) => profile.RtcpTagLength() + SrtcpIndexLength;
}
