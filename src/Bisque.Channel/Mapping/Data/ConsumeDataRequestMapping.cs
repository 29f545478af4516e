using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static ConsumeDataRequest Read(Wire.ConsumeDataRequest table) => new()
    {
        DataConsumerId = table.DataConsumerId,
        DataProducerId = table.DataProducerId,
        Type = Read(table.Type),
        SctpStreamParameters = table.SctpStreamParameters is { } sctpStreamParameters ? Read(sctpStreamParameters) : null,
        Label = table.Label,
        Protocol = table.Protocol,
        Paused = table.Paused,
        Subchannels = table.GetSubchannelsArray(),
    };

    public static Offset<Wire.ConsumeDataRequest> Write(FlatBufferBuilder builder, ConsumeDataRequest value) =>
        Wire.ConsumeDataRequest.CreateConsumeDataRequest(
            builder,
            builder.CreateString(value.DataConsumerId),
            builder.CreateString(value.DataProducerId),
            (Wire.DataConsumerType)value.Type,
            value.SctpStreamParameters is null ? default : Write(builder, value.SctpStreamParameters),
            builder.CreateString(value.Label),
            builder.CreateString(value.Protocol),
            value.Paused,
            WriteScalars(builder, value.Subchannels));
}
