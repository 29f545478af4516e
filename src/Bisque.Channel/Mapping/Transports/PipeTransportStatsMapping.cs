using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static PipeTransportStats Read(Wire.PipeTransportStats table) => new()
    {
        Base = Read(table.Base!.Value),
        Tuple = Read(table.Tuple!.Value),
    };

    public static Offset<Wire.PipeTransportStats> Write(FlatBufferBuilder builder, PipeTransportStats value) =>
        Wire.PipeTransportStats.CreatePipeTransportStats(
            builder,
            Write(builder, value.Base),
            Write(builder, value.Tuple));
}
