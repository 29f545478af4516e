using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static DataProducerStats Read(Wire.DataProducerStats table) => new()
    {
        Timestamp = table.Timestamp,
        Label = table.Label,
        Protocol = table.Protocol,
        MessagesReceived = table.MessagesReceived,
        BytesReceived = table.BytesReceived,
        BufferedAmount = table.BufferedAmount,
    };

    public static Offset<Wire.DataProducerStats> Write(FlatBufferBuilder builder, DataProducerStats value) =>
        Wire.DataProducerStats.CreateDataProducerStats(
            builder,
            value.Timestamp,
            builder.CreateString(value.Label),
            builder.CreateString(value.Protocol),
            value.MessagesReceived,
            value.BytesReceived,
            value.BufferedAmount);
}
