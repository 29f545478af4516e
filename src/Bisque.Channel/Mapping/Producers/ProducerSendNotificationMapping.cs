using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    /// <summary>The packet stays where it is: it is read before the next message comes.</summary>
    public static ProducerSendNotification Read(Wire.ProducerSendNotification table) => new()
    {
        Data = table.GetDataBytes() is { } data ? data : ReadOnlyMemory<byte>.Empty,
    };

    public static Offset<Wire.ProducerSendNotification> Write(FlatBufferBuilder builder, ProducerSendNotification value) =>
        Wire.ProducerSendNotification.CreateProducerSendNotification(
            builder,
            WriteBytes(builder, value.Data));
}
