using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RtcpParameters Read(Wire.RtcpParameters table) => new()
    {
        Cname = table.Cname,
        ReducedSize = table.ReducedSize,
    };

    public static Offset<Wire.RtcpParameters> Write(FlatBufferBuilder builder, RtcpParameters value) =>
        Wire.RtcpParameters.CreateRtcpParameters(
            builder,
            builder.CreateString(value.Cname),
            value.ReducedSize);
}
