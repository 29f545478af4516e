using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static SetPreferredLayersRequest Read(Wire.SetPreferredLayersRequest table) => new()
    {
        PreferredLayers = Read(table.PreferredLayers!.Value),
    };

    public static Offset<Wire.SetPreferredLayersRequest> Write(FlatBufferBuilder builder, SetPreferredLayersRequest value) =>
        Wire.SetPreferredLayersRequest.CreateSetPreferredLayersRequest(
            builder,
            Write(builder, value.PreferredLayers));

    public static SetPreferredLayersResponse Read(Wire.SetPreferredLayersResponse table) => new()
    {
        PreferredLayers = table.PreferredLayers is { } preferredLayers ? Read(preferredLayers) : null,
    };

    public static Offset<Wire.SetPreferredLayersResponse> Write(FlatBufferBuilder builder, SetPreferredLayersResponse value) =>
        Wire.SetPreferredLayersResponse.CreateSetPreferredLayersResponse(
            builder,
            value.PreferredLayers is null ? default : Write(builder, value.PreferredLayers));

    public static SetPriorityRequest Read(Wire.SetPriorityRequest table) => new()
    {
        Priority = table.Priority,
    };

    public static Offset<Wire.SetPriorityRequest> Write(FlatBufferBuilder builder, SetPriorityRequest value) =>
        Wire.SetPriorityRequest.CreateSetPriorityRequest(builder, value.Priority);

    public static SetPriorityResponse Read(Wire.SetPriorityResponse table) => new()
    {
        Priority = table.Priority,
    };

    public static Offset<Wire.SetPriorityResponse> Write(FlatBufferBuilder builder, SetPriorityResponse value) =>
        Wire.SetPriorityResponse.CreateSetPriorityResponse(builder, value.Priority);

    public static ConsumerEnableTraceEventRequest Read(Wire.ConsumerEnableTraceEventRequest table) => new()
    {
        Events = ReadList(table, table.EventsLength, static (t, i) => Read(t.Events(i))),
    };

    public static Offset<Wire.ConsumerEnableTraceEventRequest> Write(FlatBufferBuilder builder, ConsumerEnableTraceEventRequest value) =>
        Wire.ConsumerEnableTraceEventRequest.CreateConsumerEnableTraceEventRequest(
            builder,
            WriteEnums(builder, value.Events, static e => (byte)e));
}
