using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RtxParameters Read(Wire.RtxParameters table) => new()
    {
        Ssrc = table.Ssrc,
    };

    public static Offset<Wire.RtxParameters> Write(FlatBufferBuilder builder, RtxParameters value) =>
        Wire.RtxParameters.CreateRtxParameters(builder, value.Ssrc);

    public static RtpEncodingParameters Read(Wire.RtpEncodingParameters table) => new()
    {
        Ssrc = table.Ssrc,
        Rid = table.Rid,
        CodecPayloadType = table.CodecPayloadType,
        Rtx = table.Rtx is { } rtx ? Read(rtx) : null,
        Dtx = table.Dtx,
        ScalabilityMode = table.ScalabilityMode,
        MaxBitrate = table.MaxBitrate,
    };

    public static Offset<Wire.RtpEncodingParameters> Write(FlatBufferBuilder builder, RtpEncodingParameters value) =>
        Wire.RtpEncodingParameters.CreateRtpEncodingParameters(
            builder,
            value.Ssrc,
            builder.CreateString(value.Rid),
            value.CodecPayloadType,
            value.Rtx is null ? default : Write(builder, value.Rtx),
            value.Dtx,
            builder.CreateString(value.ScalabilityMode),
            value.MaxBitrate);
}
