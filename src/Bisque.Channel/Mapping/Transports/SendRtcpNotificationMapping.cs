using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    /// <summary>The packet stays where it is: it is read before the next message comes.</summary>
    public static SendRtcpNotification Read(Wire.SendRtcpNotification table) => new()
    {
        Data = table.GetDataBytes() is { } data ? data : ReadOnlyMemory<byte>.Empty,
    };

    public static Offset<Wire.SendRtcpNotification> Write(FlatBufferBuilder builder, SendRtcpNotification value) =>
        Wire.SendRtcpNotification.CreateSendRtcpNotification(builder, WriteBytes(builder, value.Data));
}
