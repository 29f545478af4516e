using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static ProduceDataRequest Read(Wire.ProduceDataRequest table) => new()
    {
        DataProducerId = table.DataProducerId,
        Type = Read(table.Type),
        SctpStreamParameters = table.SctpStreamParameters is { } sctpStreamParameters ? Read(sctpStreamParameters) : null,
        Label = table.Label,
        Protocol = table.Protocol,
        Paused = table.Paused,
    };

    public static Offset<Wire.ProduceDataRequest> Write(FlatBufferBuilder builder, ProduceDataRequest value) =>
        Wire.ProduceDataRequest.CreateProduceDataRequest(
            builder,
            builder.CreateString(value.DataProducerId),
            (Wire.DataProducerType)value.Type,
            value.SctpStreamParameters is null ? default : Write(builder, value.SctpStreamParameters),
            builder.CreateString(value.Label),
            builder.CreateString(value.Protocol),
            value.Paused);
}
