using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static PlainTransportDump Read(Wire.PlainTransportDump table) => new()
    {
        Base = Read(table.Base!.Value),
        RtcpMux = table.RtcpMux,
        Comedia = table.Comedia,
        Tuple = Read(table.Tuple!.Value),
        RtcpTuple = table.RtcpTuple is { } rtcpTuple ? Read(rtcpTuple) : null,
        SrtpParameters = table.SrtpParameters is { } srtpParameters ? Read(srtpParameters) : null,
    };

    public static Offset<Wire.PlainTransportDump> Write(FlatBufferBuilder builder, PlainTransportDump value) =>
        Wire.PlainTransportDump.CreatePlainTransportDump(
            builder,
            Write(builder, value.Base),
            value.RtcpMux,
            value.Comedia,
            Write(builder, value.Tuple),
            value.RtcpTuple is null ? default : Write(builder, value.RtcpTuple),
            value.SrtpParameters is null ? default : Write(builder, value.SrtpParameters));
}
