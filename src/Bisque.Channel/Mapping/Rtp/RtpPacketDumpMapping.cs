using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RtpPacketDump Read(Wire.RtpPacketDump table) => new()
    {
        PayloadType = table.PayloadType,
        SequenceNumber = table.SequenceNumber,
        Timestamp = table.Timestamp,
        Marker = table.Marker,
        Ssrc = table.Ssrc,
        IsKeyFrame = table.IsKeyFrame,
        Size = table.Size,
        PayloadSize = table.PayloadSize,
        SpatialLayer = table.SpatialLayer,
        TemporalLayer = table.TemporalLayer,
        Mid = table.Mid,
        Rid = table.Rid,
        Rrid = table.Rrid,
        WideSequenceNumber = table.WideSequenceNumber,
    };

    public static Offset<Wire.RtpPacketDump> Write(FlatBufferBuilder builder, RtpPacketDump value) =>
        Wire.RtpPacketDump.CreateRtpPacketDump(
            builder,
            value.PayloadType,
            value.SequenceNumber,
            value.Timestamp,
            value.Marker,
            value.Ssrc,
            value.IsKeyFrame,
            value.Size,
            value.PayloadSize,
            value.SpatialLayer,
            value.TemporalLayer,
            builder.CreateString(value.Mid),
            builder.CreateString(value.Rid),
            builder.CreateString(value.Rrid),
            value.WideSequenceNumber);
}
