using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static DataConsumerStats Read(Wire.DataConsumerStats table) => new()
    {
        Timestamp = table.Timestamp,
        Label = table.Label,
        Protocol = table.Protocol,
        MessagesSent = table.MessagesSent,
        BytesSent = table.BytesSent,
        BufferedAmount = table.BufferedAmount,
    };

    public static Offset<Wire.DataConsumerStats> Write(FlatBufferBuilder builder, DataConsumerStats value) =>
        Wire.DataConsumerStats.CreateDataConsumerStats(
            builder,
            value.Timestamp,
            builder.CreateString(value.Label),
            builder.CreateString(value.Protocol),
            value.MessagesSent,
            value.BytesSent,
            value.BufferedAmount);
}
