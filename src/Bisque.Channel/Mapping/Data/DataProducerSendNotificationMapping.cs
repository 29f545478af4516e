using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static DataProducerSendNotification Read(Wire.DataProducerSendNotification table) => new()
    {
        Ppid = table.Ppid,
        Data = table.GetDataArray(),
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
