using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RtpStreamBaseStats Read(Wire.RtpStreamBaseStats table) => new()
    {
        Timestamp = table.Timestamp,
        Ssrc = table.Ssrc,
        Kind = Read(table.Kind),
        MimeType = table.MimeType,
        PacketsLost = table.PacketsLost,
        FractionLost = table.FractionLost,
        Jitter = table.Jitter,
        PacketsDiscarded = table.PacketsDiscarded,
        PacketsRetransmitted = table.PacketsRetransmitted,
        PacketsRepaired = table.PacketsRepaired,
        NackCount = table.NackCount,
        NackPacketCount = table.NackPacketCount,
        PliCount = table.PliCount,
        FirCount = table.FirCount,
        Rid = table.Rid,
        RtxSsrc = table.RtxSsrc,
        RtxPacketsDiscarded = table.RtxPacketsDiscarded,
        RoundTripTime = table.RoundTripTime,
        Score = table.Score,
    };

    public static Offset<Wire.RtpStreamBaseStats> Write(FlatBufferBuilder builder, RtpStreamBaseStats value) =>
        Wire.RtpStreamBaseStats.CreateRtpStreamBaseStats(
            builder,
            value.Timestamp,
            value.Ssrc,
            (Wire.MediaKind)value.Kind,
            builder.CreateString(value.MimeType),
            value.PacketsLost,
            value.FractionLost,
            value.Jitter,
            value.PacketsDiscarded,
            value.PacketsRetransmitted,
            value.PacketsRepaired,
            value.NackCount,
            value.NackPacketCount,
            value.PliCount,
            value.FirCount,
            builder.CreateString(value.Rid),
            value.RtxSsrc,
            value.RtxPacketsDiscarded,
            value.RoundTripTime,
            value.Score);

    public static BitrateByLayer Read(Wire.BitrateByLayer table) => new()
    {
        Layer = table.Layer,
        Bitrate = table.Bitrate,
    };

    public static Offset<Wire.BitrateByLayer> Write(FlatBufferBuilder builder, BitrateByLayer value) =>
        Wire.BitrateByLayer.CreateBitrateByLayer(builder, builder.CreateString(value.Layer), value.Bitrate);
}
