using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static ProducerEnableTraceEventRequest Read(Wire.ProducerEnableTraceEventRequest table) => new()
    {
        Events = ReadList(table, table.EventsLength, static (t, i) => Read(t.Events(i))),
    };

    public static Offset<Wire.ProducerEnableTraceEventRequest> Write(FlatBufferBuilder builder, ProducerEnableTraceEventRequest value) =>
        Wire.ProducerEnableTraceEventRequest.CreateProducerEnableTraceEventRequest(
            builder,
            WriteEnums(builder, value.Events, static e => (byte)e));
}
