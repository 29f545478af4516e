namespace Bisque.Sctp.Association;

/// <summary>Libraries by the first bytes of their cookies.</summary>
internal static class PeerImplementation
{
    /// <summary>Who made <paramref name="cookie"/>.</summary>
    public static SctpImplementation Of(ReadOnlySpan<byte> cookie) => cookie switch
    {
        _ when cookie.StartsWith(StateCookie.Magic) => SctpImplementation.Bisque,
        _ when cookie.StartsWith("msworker"u8) => SctpImplementation.Mediasoup,
        _ when cookie.StartsWith("dcSCTP00"u8) => SctpImplementation.DcSctp,
        _ when cookie.StartsWith("KAME-BSD"u8) => SctpImplementation.UsrSctp,
        _ => SctpImplementation.Unknown,
    };
}
