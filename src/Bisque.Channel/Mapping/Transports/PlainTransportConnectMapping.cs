using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static PlainTransportConnectRequest Read(Wire.PlainTransportConnectRequest table) => new()
    {
        Ip = table.Ip,
        Port = table.Port,
        RtcpPort = table.RtcpPort,
        SrtpParameters = table.SrtpParameters is { } srtpParameters ? Read(srtpParameters) : null,
    };

    public static Offset<Wire.PlainTransportConnectRequest> Write(FlatBufferBuilder builder, PlainTransportConnectRequest value) =>
        Wire.PlainTransportConnectRequest.CreatePlainTransportConnectRequest(
            builder,
            builder.CreateString(value.Ip),
            value.Port,
            value.RtcpPort,
            value.SrtpParameters is null ? default : Write(builder, value.SrtpParameters));

    public static PlainTransportConnectResponse Read(Wire.PlainTransportConnectResponse table) => new()
    {
        Tuple = table.Tuple is { } tuple ? Read(tuple) : null,
        RtcpTuple = table.RtcpTuple is { } rtcpTuple ? Read(rtcpTuple) : null,
        SrtpParameters = table.SrtpParameters is { } srtpParameters ? Read(srtpParameters) : null,
    };

    public static Offset<Wire.PlainTransportConnectResponse> Write(FlatBufferBuilder builder, PlainTransportConnectResponse value) =>
        Wire.PlainTransportConnectResponse.CreatePlainTransportConnectResponse(
            builder,
            value.Tuple is null ? default : Write(builder, value.Tuple),
            value.RtcpTuple is null ? default : Write(builder, value.RtcpTuple),
            value.SrtpParameters is null ? default : Write(builder, value.SrtpParameters));
}
