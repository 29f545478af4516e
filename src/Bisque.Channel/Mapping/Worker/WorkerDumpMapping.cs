using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static WorkerDump Read(Wire.WorkerDump table) => new()
    {
        Pid = table.Pid,
        WebRtcServerIds = ReadList(table, table.WebRtcServerIdsLength, static (t, i) => t.WebRtcServerIds(i)),
        RouterIds = ReadList(table, table.RouterIdsLength, static (t, i) => t.RouterIds(i)),
        ChannelMessageHandlers = Read(table.ChannelMessageHandlers!.Value),
    };

    public static Offset<Wire.WorkerDump> Write(FlatBufferBuilder builder, WorkerDump value) =>
        Wire.WorkerDump.CreateWorkerDump(
            builder,
            value.Pid,
            WriteStrings(builder, value.WebRtcServerIds),
            WriteStrings(builder, value.RouterIds),
            Write(builder, value.ChannelMessageHandlers));

    public static ChannelMessageHandlers Read(Wire.ChannelMessageHandlers table) => new()
    {
        ChannelRequestHandlers = ReadList(table, table.ChannelRequestHandlersLength, static (t, i) => t.ChannelRequestHandlers(i)),
        ChannelNotificationHandlers = ReadList(table, table.ChannelNotificationHandlersLength, static (t, i) => t.ChannelNotificationHandlers(i)),
    };

    public static Offset<Wire.ChannelMessageHandlers> Write(FlatBufferBuilder builder, ChannelMessageHandlers value) =>
        Wire.ChannelMessageHandlers.CreateChannelMessageHandlers(
            builder,
            WriteStrings(builder, value.ChannelRequestHandlers),
            WriteStrings(builder, value.ChannelNotificationHandlers));
}
