using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RtpListenerDump Read(Wire.RtpListenerDump table) => new()
    {
        SsrcTable = ReadList(table, table.SsrcTableLength, static (t, i) => Read(t.SsrcTable(i)!.Value)),
        MidTable = ReadList(table, table.MidTableLength, static (t, i) => Read(t.MidTable(i)!.Value)),
        RidTable = ReadList(table, table.RidTableLength, static (t, i) => Read(t.RidTable(i)!.Value)),
    };

    public static Offset<Wire.RtpListenerDump> Write(FlatBufferBuilder builder, RtpListenerDump value) =>
        Wire.RtpListenerDump.CreateRtpListenerDump(
            builder,
            WriteTables(builder, value.SsrcTable, Write),
            WriteTables(builder, value.MidTable, Write),
            WriteTables(builder, value.RidTable, Write));

    public static SctpListenerDump Read(Wire.SctpListenerDump table) => new()
    {
        StreamIdTable = ReadList(table, table.StreamIdTableLength, static (t, i) => Read(t.StreamIdTable(i)!.Value)),
    };

    public static Offset<Wire.SctpListenerDump> Write(FlatBufferBuilder builder, SctpListenerDump value) =>
        Wire.SctpListenerDump.CreateSctpListenerDump(
            builder,
            WriteTables(builder, value.StreamIdTable, Write));

    public static RecvRtpHeaderExtensions Read(Wire.RecvRtpHeaderExtensions table) => new()
    {
        Mid = table.Mid,
        Rid = table.Rid,
        Rrid = table.Rrid,
        AbsSendTime = table.AbsSendTime,
        TransportWideCc01 = table.TransportWideCc01,
    };

    public static Offset<Wire.RecvRtpHeaderExtensions> Write(FlatBufferBuilder builder, RecvRtpHeaderExtensions value) =>
        Wire.RecvRtpHeaderExtensions.CreateRecvRtpHeaderExtensions(
            builder,
            value.Mid,
            value.Rid,
            value.Rrid,
            value.AbsSendTime,
            value.TransportWideCc01);
}
