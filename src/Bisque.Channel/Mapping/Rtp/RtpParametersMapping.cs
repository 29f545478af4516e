using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RtpParameters Read(Wire.RtpParameters table) => new()
    {
        Mid = table.Mid,
        Codecs = ReadList(table, table.CodecsLength, static (t, i) => Read(t.Codecs(i)!.Value)),
        HeaderExtensions = ReadList(table, table.HeaderExtensionsLength, static (t, i) => Read(t.HeaderExtensions(i)!.Value)),
        Encodings = ReadList(table, table.EncodingsLength, static (t, i) => Read(t.Encodings(i)!.Value)),
        Rtcp = Read(table.Rtcp!.Value),
        Msid = table.Msid,
    };

    public static Offset<Wire.RtpParameters> Write(FlatBufferBuilder builder, RtpParameters value) =>
        Wire.RtpParameters.CreateRtpParameters(
            builder,
            builder.CreateString(value.Mid),
            WriteTables(builder, value.Codecs, Write),
            WriteTables(builder, value.HeaderExtensions, Write),
            WriteTables(builder, value.Encodings, Write),
            Write(builder, value.Rtcp),
            builder.CreateString(value.Msid));
}
