using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RtpStreamParameters Read(Wire.RtpStreamParameters table) => new()
    {
        EncodingIndex = table.EncodingIdx,
        Ssrc = table.Ssrc,
        PayloadType = table.PayloadType,
        MimeType = table.MimeType,
        ClockRate = table.ClockRate,
        Rid = table.Rid ?? "",
        Cname = table.Cname,
        RtxSsrc = table.RtxSsrc,
        RtxPayloadType = table.RtxPayloadType,
        UseNack = table.UseNack,
        UsePli = table.UsePli,
        UseFir = table.UseFir,
        UseInBandFec = table.UseInBandFec,
        UseDtx = table.UseDtx,
        SpatialLayers = table.SpatialLayers,
        TemporalLayers = table.TemporalLayers,
    };

    public static Offset<Wire.RtpStreamParameters> Write(FlatBufferBuilder builder, RtpStreamParameters value) =>
        Wire.RtpStreamParameters.CreateRtpStreamParameters(
            builder,
            value.EncodingIndex,
            value.Ssrc,
            value.PayloadType,
            builder.CreateString(value.MimeType),
            value.ClockRate,
            builder.CreateString(value.Rid),
            builder.CreateString(value.Cname),
            value.RtxSsrc,
            value.RtxPayloadType,
            value.UseNack,
            value.UsePli,
            value.UseFir,
            value.UseInBandFec,
            value.UseDtx,
            value.SpatialLayers,
            value.TemporalLayers);

    public static RtxStreamParameters Read(Wire.RtxStreamParameters table) => new()
    {
        Ssrc = table.Ssrc,
        PayloadType = table.PayloadType,
        MimeType = table.MimeType,
        ClockRate = table.ClockRate,
        Rrid = table.Rrid ?? "",
        Cname = table.Cname,
    };

    public static Offset<Wire.RtxStreamParameters> Write(FlatBufferBuilder builder, RtxStreamParameters value) =>
        Wire.RtxStreamParameters.CreateRtxStreamParameters(
            builder,
            value.Ssrc,
            value.PayloadType,
            builder.CreateString(value.MimeType),
            value.ClockRate,
            builder.CreateString(value.Rrid),
            builder.CreateString(value.Cname));
}
