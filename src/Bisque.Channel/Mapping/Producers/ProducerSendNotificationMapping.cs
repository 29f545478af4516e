using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static ProducerSendNotification Read(Wire.ProducerSendNotification table) => new()
    {
        Data = table.GetDataArray(),
    };

    public static Offset<Wire.ProducerSendNotification> Write(FlatBufferBuilder builder, ProducerSendNotification value) =>
        Wire.ProducerSendNotification.CreateProducerSendNotification(
            builder,
            WriteBytes(builder, value.Data));
}
