using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RtpStreamDump Read(Wire.RtpStreamDump table) => new()
    {
        Parameters = Read(table.Params!.Value),
        Score = table.Score,
        RtxStream = table.RtxStream is { } rtxStream ? Read(rtxStream) : null,
    };

    public static Offset<Wire.RtpStreamDump> Write(FlatBufferBuilder builder, RtpStreamDump value) =>
        Wire.RtpStreamDump.CreateRtpStreamDump(
            builder,
            Write(builder, value.Parameters),
            value.Score,
            value.RtxStream is null ? default : Write(builder, value.RtxStream));

    public static RtxStreamDump Read(Wire.RtxStreamDump table) => new()
    {
        Parameters = Read(table.Params!.Value),
    };

    public static Offset<Wire.RtxStreamDump> Write(FlatBufferBuilder builder, RtxStreamDump value) =>
        Wire.RtxStreamDump.CreateRtxStreamDump(builder, Write(builder, value.Parameters));
}
