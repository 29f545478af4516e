using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static DataConsumerDump Read(Wire.DataConsumerDump table) => new()
    {
        Id = table.Id,
        DataProducerId = table.DataProducerId,
        Type = Read(table.Type),
        SctpStreamParameters = table.SctpStreamParameters is { } sctpStreamParameters ? Read(sctpStreamParameters) : null,
        Label = table.Label,
        Protocol = table.Protocol,
        BufferedAmount = table.BufferedAmount,
        BufferedAmountLowThreshold = table.BufferedAmountLowThreshold,
        Paused = table.Paused,
        DataProducerPaused = table.DataProducerPaused,
        Subchannels = table.GetSubchannelsArray(),
    };

    public static Offset<Wire.DataConsumerDump> Write(FlatBufferBuilder builder, DataConsumerDump value) =>
        Wire.DataConsumerDump.CreateDataConsumerDump(
            builder,
            builder.CreateString(value.Id),
            builder.CreateString(value.DataProducerId),
            (Wire.DataConsumerType)value.Type,
            value.SctpStreamParameters is null ? default : Write(builder, value.SctpStreamParameters),
            builder.CreateString(value.Label),
            builder.CreateString(value.Protocol),
            value.BufferedAmount,
            value.BufferedAmountLowThreshold,
            value.Paused,
            value.DataProducerPaused,
            WriteScalars(builder, value.Subchannels));
}
