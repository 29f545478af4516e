using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static TransportEnableTraceEventRequest Read(Wire.TransportEnableTraceEventRequest table) => new()
    {
        Events = ReadList(table, table.EventsLength, static (t, i) => Read(t.Events(i))),
    };

    public static Offset<Wire.TransportEnableTraceEventRequest> Write(FlatBufferBuilder builder, TransportEnableTraceEventRequest value) =>
        Wire.TransportEnableTraceEventRequest.CreateTransportEnableTraceEventRequest(
            builder,
            WriteEnums(builder, value.Events, static e => (byte)e));
}
