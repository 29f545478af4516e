using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static WebRtcTransportDump Read(Wire.WebRtcTransportDump table) => new()
    {
        Base = Read(table.Base!.Value),
        IceRole = Read(table.IceRole),
        IceParameters = Read(table.IceParameters!.Value),
        IceCandidates = ReadList(table, table.IceCandidatesLength, static (t, i) => Read(t.IceCandidates(i)!.Value)),
        IceState = Read(table.IceState),
        IceSelectedTuple = table.IceSelectedTuple is { } iceSelectedTuple ? Read(iceSelectedTuple) : null,
        DtlsParameters = Read(table.DtlsParameters!.Value),
        DtlsState = Read(table.DtlsState),
    };

    public static Offset<Wire.WebRtcTransportDump> Write(FlatBufferBuilder builder, WebRtcTransportDump value) =>
        Wire.WebRtcTransportDump.CreateWebRtcTransportDump(
            builder,
            Write(builder, value.Base),
            (Wire.IceRole)value.IceRole,
            Write(builder, value.IceParameters),
            WriteTables(builder, value.IceCandidates, Write),
            (Wire.IceState)value.IceState,
            value.IceSelectedTuple is null ? default : Write(builder, value.IceSelectedTuple),
            Write(builder, value.DtlsParameters),
            (Wire.DtlsState)value.DtlsState);
}
