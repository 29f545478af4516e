using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static PipeTransportConnectRequest Read(Wire.PipeTransportConnectRequest table) => new()
    {
        Ip = table.Ip,
        Port = table.Port,
        SrtpParameters = table.SrtpParameters is { } srtpParameters ? Read(srtpParameters) : null,
    };

    public static Offset<Wire.PipeTransportConnectRequest> Write(FlatBufferBuilder builder, PipeTransportConnectRequest value) =>
        Wire.PipeTransportConnectRequest.CreatePipeTransportConnectRequest(
            builder,
            builder.CreateString(value.Ip),
            value.Port,
            value.SrtpParameters is null ? default : Write(builder, value.SrtpParameters));

    public static PipeTransportConnectResponse Read(Wire.PipeTransportConnectResponse table) => new()
    {
        Tuple = Read(table.Tuple!.Value),
    };

    public static Offset<Wire.PipeTransportConnectResponse> Write(FlatBufferBuilder builder, PipeTransportConnectResponse value) =>
        Wire.PipeTransportConnectResponse.CreatePipeTransportConnectResponse(
            builder,
            Write(builder, value.Tuple));
}
