using Bisque.Model;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>Requests about data as a controller makes them, and what comes out of direct data consumers.</summary>
internal static class DataWorld
{
    public static TransportOptions Sctp { get; } = new()
    {
        EnableSctp = true,
        MaxSendMessageSize = 262_144,
        MaxReceiveMessageSize = 262_144,
        SctpSendBufferSize = 2_000_000,
        SctpPerStreamSendQueueLimit = 2_000_000,
        SctpMaxReceiverWindowBufferSize = 5_242_880,
        SctpDefaultStreamBufferedAmountLowThreshold = 1024,
    };

    public static TransportOptions Direct { get; } = new() { Direct = true, MaxSendMessageSize = 1000, MaxReceiveMessageSize = 1000 };

    public static ProduceDataRequest Produce(string id = "producer", bool paused = false) =>
        new() { DataProducerId = id, Type = DataProducerType.Direct, Label = "chat", Protocol = "text", Paused = paused };

    public static ProduceDataRequest ProduceSctp(string id, ushort streamId, SctpStreamParameters? stream = null) => new()
    {
        DataProducerId = id,
        Type = DataProducerType.Sctp,
        SctpStreamParameters = stream ?? new SctpStreamParameters { StreamId = streamId },
    };

    public static ConsumeDataRequest Consume(string id = "consumer", string producerId = "producer", params ushort[] subchannels) => new()
    {
        DataConsumerId = id,
        DataProducerId = producerId,
        Type = DataConsumerType.Direct,
        Subchannels = subchannels,
    };

    public static ConsumeDataRequest ConsumeSctp(
        string id, string producerId, ushort streamId, SctpStreamParameters? stream = null, params ushort[] subchannels) => new()
        {
            DataConsumerId = id,
            DataProducerId = producerId,
            Type = DataConsumerType.Sctp,
            SctpStreamParameters = stream ?? new SctpStreamParameters { StreamId = streamId },
            Subchannels = subchannels,
        };

    public static DataProducer DataProducer(this World world, string id = "producer") => (DataProducer)world.Worker.FindRequestHandler(id)!;

    public static DataConsumer DataConsumer(this World world, string id = "consumer") => (DataConsumer)world.Worker.FindRequestHandler(id)!;

    /// <summary>The first byte of every message that a direct data consumer sent.</summary>
    public static byte[] Messages(this World world, string consumerId = "consumer") =>
        [.. world.Events.Of<DataConsumerMessageEvent>(consumerId).Select(message => message.Data.Span[0])];
}
