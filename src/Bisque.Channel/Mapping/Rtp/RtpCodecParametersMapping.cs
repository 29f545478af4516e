using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RtpCodecParameters Read(Wire.RtpCodecParameters table) => new()
    {
        MimeType = table.MimeType,
        PayloadType = table.PayloadType,
        ClockRate = table.ClockRate,
        Channels = table.Channels,
        Parameters = table.HasParameters ? ReadList(table, table.ParametersLength, static (t, i) => Read(t.Parameters(i)!.Value)) : null,
        RtcpFeedback = table.HasRtcpFeedback ? ReadList(table, table.RtcpFeedbackLength, static (t, i) => Read(t.RtcpFeedback(i)!.Value)) : null,
    };

    public static Offset<Wire.RtpCodecParameters> Write(FlatBufferBuilder builder, RtpCodecParameters value) =>
        Wire.RtpCodecParameters.CreateRtpCodecParameters(
            builder,
            builder.CreateString(value.MimeType),
            value.PayloadType,
            value.ClockRate,
            value.Channels,
            WriteTables(builder, value.Parameters, Write),
            WriteTables(builder, value.RtcpFeedback, Write));
}
