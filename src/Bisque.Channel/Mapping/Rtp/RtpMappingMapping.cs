using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RtpMapping Read(Wire.RtpMapping table) => new()
    {
        Codecs = ReadList(table, table.CodecsLength, static (t, i) => Read(t.Codecs(i)!.Value)),
        Encodings = ReadList(table, table.EncodingsLength, static (t, i) => Read(t.Encodings(i)!.Value)),
    };

    public static Offset<Wire.RtpMapping> Write(FlatBufferBuilder builder, RtpMapping value) =>
        Wire.RtpMapping.CreateRtpMapping(
            builder,
            WriteTables(builder, value.Codecs, Write),
            WriteTables(builder, value.Encodings, Write));

    public static RtpCodecMapping Read(Wire.RtpCodecMapping table) => new()
    {
        PayloadType = table.PayloadType,
        MappedPayloadType = table.MappedPayloadType,
    };

    public static Offset<Wire.RtpCodecMapping> Write(FlatBufferBuilder builder, RtpCodecMapping value) =>
        Wire.RtpCodecMapping.CreateRtpCodecMapping(builder, value.PayloadType, value.MappedPayloadType);

    public static RtpEncodingMapping Read(Wire.RtpEncodingMapping table) => new()
    {
        Rid = table.Rid,
        Ssrc = table.Ssrc,
        MappedSsrc = table.MappedSsrc,
    };

    public static Offset<Wire.RtpEncodingMapping> Write(FlatBufferBuilder builder, RtpEncodingMapping value) =>
        Wire.RtpEncodingMapping.CreateRtpEncodingMapping(
            builder,
            builder.CreateString(value.Rid),
            value.Ssrc,
            value.MappedSsrc);
}
