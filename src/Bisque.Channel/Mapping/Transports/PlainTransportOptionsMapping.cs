using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static PlainTransportOptions Read(Wire.PlainTransportOptions table) => new()
    {
        Base = Read(table.Base!.Value),
        ListenInfo = Read(table.ListenInfo!.Value),
        RtcpListenInfo = table.RtcpListenInfo is { } rtcpListenInfo ? Read(rtcpListenInfo) : null,
        RtcpMux = table.RtcpMux,
        Comedia = table.Comedia,
        EnableSrtp = table.EnableSrtp,
        SrtpCryptoSuite = table.SrtpCryptoSuite is { } srtpCryptoSuite ? Read(srtpCryptoSuite) : null,
    };

    public static Offset<Wire.PlainTransportOptions> Write(FlatBufferBuilder builder, PlainTransportOptions value) =>
        Wire.PlainTransportOptions.CreatePlainTransportOptions(
            builder,
            Write(builder, value.Base),
            Write(builder, value.ListenInfo),
            value.RtcpListenInfo is null ? default : Write(builder, value.RtcpListenInfo),
            value.RtcpMux,
            value.Comedia,
            value.EnableSrtp,
            (Wire.SrtpCryptoSuite?)value.SrtpCryptoSuite);
}
