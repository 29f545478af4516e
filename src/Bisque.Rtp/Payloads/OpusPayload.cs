namespace Bisque.Rtp;

/// <summary>Opus packets (RFC 6716 section 3).</summary>
public static class OpusPayload
{
    /// <summary>
    /// Whether all frames of the packet are empty: nothing but the TOC byte for one or two frames of equal size (codes 0 and 1), TOC and
    /// one length byte for two frames of different size (code 2).
    /// </summary>
    public static bool IsDtx(ReadOnlySpan<byte> payload) => payload.Length switch
    {
        1 => (payload[0] & 0x03) is 0 or 1,
        2 => (payload[0] & 0x03) == 2,
        _ => false,
    };
}
