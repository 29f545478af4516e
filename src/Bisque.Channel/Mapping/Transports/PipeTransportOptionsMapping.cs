using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static PipeTransportOptions Read(Wire.PipeTransportOptions table) => new()
    {
        Base = Read(table.Base!.Value),
        ListenInfo = Read(table.ListenInfo!.Value),
        EnableRtx = table.EnableRtx,
        EnableSrtp = table.EnableSrtp,
    };

    public static Offset<Wire.PipeTransportOptions> Write(FlatBufferBuilder builder, PipeTransportOptions value) =>
        Wire.PipeTransportOptions.CreatePipeTransportOptions(
            builder,
            Write(builder, value.Base),
            Write(builder, value.ListenInfo),
            value.EnableRtx,
            value.EnableSrtp);
}
