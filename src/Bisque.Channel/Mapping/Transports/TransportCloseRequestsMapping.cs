using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static CloseProducerRequest Read(Wire.CloseProducerRequest table) => new()
    {
        ProducerId = table.ProducerId,
    };

    public static Offset<Wire.CloseProducerRequest> Write(FlatBufferBuilder builder, CloseProducerRequest value) =>
        Wire.CloseProducerRequest.CreateCloseProducerRequest(
            builder,
            builder.CreateString(value.ProducerId));

    public static CloseConsumerRequest Read(Wire.CloseConsumerRequest table) => new()
    {
        ConsumerId = table.ConsumerId,
    };

    public static Offset<Wire.CloseConsumerRequest> Write(FlatBufferBuilder builder, CloseConsumerRequest value) =>
        Wire.CloseConsumerRequest.CreateCloseConsumerRequest(
            builder,
            builder.CreateString(value.ConsumerId));

    public static CloseDataProducerRequest Read(Wire.CloseDataProducerRequest table) => new()
    {
        DataProducerId = table.DataProducerId,
    };

    public static Offset<Wire.CloseDataProducerRequest> Write(FlatBufferBuilder builder, CloseDataProducerRequest value) =>
        Wire.CloseDataProducerRequest.CreateCloseDataProducerRequest(
            builder,
            builder.CreateString(value.DataProducerId));

    public static CloseDataConsumerRequest Read(Wire.CloseDataConsumerRequest table) => new()
    {
        DataConsumerId = table.DataConsumerId,
    };

    public static Offset<Wire.CloseDataConsumerRequest> Write(FlatBufferBuilder builder, CloseDataConsumerRequest value) =>
        Wire.CloseDataConsumerRequest.CreateCloseDataConsumerRequest(
            builder,
            builder.CreateString(value.DataConsumerId));
}
