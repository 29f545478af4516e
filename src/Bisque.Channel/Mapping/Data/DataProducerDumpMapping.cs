using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static DataProducerDump Read(Wire.DataProducerDump table) => new()
    {
        Id = table.Id,
        Type = Read(table.Type),
        SctpStreamParameters = table.SctpStreamParameters is { } sctpStreamParameters ? Read(sctpStreamParameters) : null,
        Label = table.Label,
        Protocol = table.Protocol,
        Paused = table.Paused,
    };

    public static Offset<Wire.DataProducerDump> Write(FlatBufferBuilder builder, DataProducerDump value) =>
        Wire.DataProducerDump.CreateDataProducerDump(
            builder,
            builder.CreateString(value.Id),
            (Wire.DataProducerType)value.Type,
            value.SctpStreamParameters is null ? default : Write(builder, value.SctpStreamParameters),
            builder.CreateString(value.Label),
            builder.CreateString(value.Protocol),
            value.Paused);
}
