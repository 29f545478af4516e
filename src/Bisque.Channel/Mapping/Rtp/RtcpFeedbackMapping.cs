using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RtcpFeedback Read(Wire.RtcpFeedback table) => new()
    {
        Type = table.Type,
        Parameter = table.Parameter,
    };

    public static Offset<Wire.RtcpFeedback> Write(FlatBufferBuilder builder, RtcpFeedback value) =>
        Wire.RtcpFeedback.CreateRtcpFeedback(
            builder,
            builder.CreateString(value.Type),
            builder.CreateString(value.Parameter));
}
