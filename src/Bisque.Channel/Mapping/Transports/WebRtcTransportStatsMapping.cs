using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static WebRtcTransportStats Read(Wire.WebRtcTransportStats table) => new()
    {
        Base = Read(table.Base!.Value),
        IceRole = Read(table.IceRole),
        IceState = Read(table.IceState),
        IceSelectedTuple = table.IceSelectedTuple is { } iceSelectedTuple ? Read(iceSelectedTuple) : null,
        DtlsState = Read(table.DtlsState),
    };

    public static Offset<Wire.WebRtcTransportStats> Write(FlatBufferBuilder builder, WebRtcTransportStats value) =>
        Wire.WebRtcTransportStats.CreateWebRtcTransportStats(
            builder,
            Write(builder, value.Base),
            (Wire.IceRole)value.IceRole,
            (Wire.IceState)value.IceState,
            value.IceSelectedTuple is null ? default : Write(builder, value.IceSelectedTuple),
            (Wire.DtlsState)value.DtlsState);
}
