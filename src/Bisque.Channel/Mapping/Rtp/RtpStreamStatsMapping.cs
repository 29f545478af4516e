using System.Diagnostics;
using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    private static RtpStreamStats Read(Wire.RtpStreamStats table)
    {
        switch (table.DataType)
        {
            case Wire.RtpStreamStatsData.RtpStreamRecvStats:
                var received = table.DataAsRtpStreamRecvStats();
                return new RtpStreamRecvStats
                {
                    Base = ReadBase(received.Base!.Value),
                    PacketCount = received.PacketCount,
                    ByteCount = received.ByteCount,
                    Bitrate = received.Bitrate,
                    BitrateByLayer = ReadList(received, received.BitrateByLayerLength, static (t, i) => Read(t.BitrateByLayer(i)!.Value)),
                };
            case Wire.RtpStreamStatsData.RtpStreamSendStats:
                var sent = table.DataAsRtpStreamSendStats();
                return new RtpStreamSendStats
                {
                    Base = ReadBase(sent.Base!.Value),
                    PacketCount = sent.PacketCount,
                    ByteCount = sent.ByteCount,
                    Bitrate = sent.Bitrate,
                };
            case var kind:
                throw Unknown(nameof(RtpStreamStats), (byte)kind);
        }
    }

    private static RtpStreamBaseStats ReadBase(Wire.RtpStreamStats table) =>
        table.DataType == Wire.RtpStreamStatsData.RtpStreamBaseStats
            ? Read(table.DataAsRtpStreamBaseStats())
            : throw Unknown(nameof(RtpStreamBaseStats), (byte)table.DataType);

    private static Offset<Wire.RtpStreamStats> Write(FlatBufferBuilder builder, RtpStreamStats value) => value switch
    {
        RtpStreamRecvStats received => WriteStats(
            builder,
            Wire.RtpStreamStatsData.RtpStreamRecvStats,
            Wire.RtpStreamRecvStats.CreateRtpStreamRecvStats(
                builder,
                WriteBase(builder, received),
                received.PacketCount,
                received.ByteCount,
                received.Bitrate,
                WriteTables(builder, received.BitrateByLayer, Write)).Value),
        RtpStreamSendStats sent => WriteStats(
            builder,
            Wire.RtpStreamStatsData.RtpStreamSendStats,
            Wire.RtpStreamSendStats.CreateRtpStreamSendStats(
                builder,
                WriteBase(builder, sent),
                sent.PacketCount,
                sent.ByteCount,
                sent.Bitrate).Value),
        _ => throw new UnreachableException(),
    };

    private static Offset<Wire.RtpStreamStats> WriteBase(FlatBufferBuilder builder, RtpStreamStats value) =>
        WriteStats(builder, Wire.RtpStreamStatsData.RtpStreamBaseStats, Write(builder, value.Base).Value);

    private static Offset<Wire.RtpStreamStats> WriteStats(FlatBufferBuilder builder, Wire.RtpStreamStatsData kind, int data) =>
        Wire.RtpStreamStats.CreateRtpStreamStats(builder, kind, data);
}
