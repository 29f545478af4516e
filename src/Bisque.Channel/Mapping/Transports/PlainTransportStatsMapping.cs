using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static PlainTransportStats Read(Wire.PlainTransportStats table) => new()
    {
        Base = Read(table.Base!.Value),
        RtcpMux = table.RtcpMux,
        Comedia = table.Comedia,
        Tuple = Read(table.Tuple!.Value),
        RtcpTuple = table.RtcpTuple is { } rtcpTuple ? Read(rtcpTuple) : null,
    };

    public static Offset<Wire.PlainTransportStats> Write(FlatBufferBuilder builder, PlainTransportStats value) =>
        Wire.PlainTransportStats.CreatePlainTransportStats(
            builder,
            Write(builder, value.Base),
            value.RtcpMux,
            value.Comedia,
            Write(builder, value.Tuple),
            value.RtcpTuple is null ? default : Write(builder, value.RtcpTuple));
}
