using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static WebRtcTransportOptions Read(Wire.WebRtcTransportOptions table) => new()
    {
        Base = Read(table.Base!.Value),
        Listen = ReadWebRtcTransportListen(table),
        EnableUdp = table.EnableUdp,
        EnableTcp = table.EnableTcp,
        PreferUdp = table.PreferUdp,
        PreferTcp = table.PreferTcp,
        IceConsentTimeout = table.IceConsentTimeout,
    };

    public static Offset<Wire.WebRtcTransportOptions> Write(FlatBufferBuilder builder, WebRtcTransportOptions value)
    {
        var (listenType, listen) = Write(builder, value.Listen);
        return Wire.WebRtcTransportOptions.CreateWebRtcTransportOptions(
            builder,
            Write(builder, value.Base),
            listenType,
            listen,
            value.EnableUdp,
            value.EnableTcp,
            value.PreferUdp,
            value.PreferTcp,
            value.IceConsentTimeout);
    }
}
