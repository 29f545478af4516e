using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static PipeTransportDump Read(Wire.PipeTransportDump table) => new()
    {
        Base = Read(table.Base!.Value),
        Tuple = Read(table.Tuple!.Value),
        Rtx = table.Rtx,
        SrtpParameters = table.SrtpParameters is { } srtpParameters ? Read(srtpParameters) : null,
    };

    public static Offset<Wire.PipeTransportDump> Write(FlatBufferBuilder builder, PipeTransportDump value) =>
        Wire.PipeTransportDump.CreatePipeTransportDump(
            builder,
            Write(builder, value.Base),
            Write(builder, value.Tuple),
            value.Rtx,
            value.SrtpParameters is null ? default : Write(builder, value.SrtpParameters));
}
