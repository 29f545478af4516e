using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    /// <summary>The message stays where it is: it is read before the next one comes.</summary>
    public static DataProducerSendNotification Read(Wire.DataProducerSendNotification table) => new()
    {
        Ppid = table.Ppid,
        Data = table.GetDataBytes() is { } data ? data : ReadOnlyMemory<byte>.Empty,
        Subchannels = table.GetSubchannelsArray(),
        RequiredSubchannel = table.RequiredSubchannel,
        IgnoredSubchannel = table.IgnoredSubchannel,
    };

    public static Offset<Wire.DataProducerSendNotification> Write(FlatBufferBuilder builder, DataProducerSendNotification value) =>
        Wire.DataProducerSendNotification.CreateDataProducerSendNotification(
            builder,
            value.Ppid,
            WriteBytes(builder, value.Data),
            WriteScalars(builder, value.Subchannels),
            value.RequiredSubchannel,
            value.IgnoredSubchannel);
}
