namespace Bisque.Dtls.Records;

/// <summary>Version numbers on the wire: one's complements, so that newer is smaller (RFC 6347 section 4.1).</summary>
internal static class DtlsVersion
{
    /// <summary>DTLS 1.0. First hellos of DTLS 1.2 peers carry it in the record header.</summary>
    public const ushort Dtls10 = 0xfeff;

    /// <summary>DTLS 1.2, also the legacy version of DTLS 1.3 (RFC 9147 section 5.3).</summary>
    public const ushort Dtls12 = 0xfefd;

    /// <summary>Whether a hello's version lets 1.2 be chosen: it is 1.2 or newer.</summary>
    public static bool Allows12(ushort version) => version >> 8 == 0xfe && (byte)version <= 0xfd;
}
