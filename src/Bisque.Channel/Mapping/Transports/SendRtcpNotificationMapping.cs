using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static SendRtcpNotification Read(Wire.SendRtcpNotification table) => new()
    {
        Data = table.GetDataArray(),
    };

    public static Offset<Wire.SendRtcpNotification> Write(FlatBufferBuilder builder, SendRtcpNotification value) =>
        Wire.SendRtcpNotification.CreateSendRtcpNotification(builder, WriteBytes(builder, value.Data));
}
