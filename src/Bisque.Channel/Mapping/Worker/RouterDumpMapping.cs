using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RouterDump Read(Wire.RouterDump table) => new()
    {
        Id = table.Id,
        TransportIds = ReadList(table, table.TransportIdsLength, static (t, i) => t.TransportIds(i)),
        RtpObserverIds = ReadList(table, table.RtpObserverIdsLength, static (t, i) => t.RtpObserverIds(i)),
        MapProducerIdConsumerIds = ReadList(table, table.MapProducerIdConsumerIdsLength, static (t, i) => Read(t.MapProducerIdConsumerIds(i)!.Value)),
        MapConsumerIdProducerId = ReadList(table, table.MapConsumerIdProducerIdLength, static (t, i) => Read(t.MapConsumerIdProducerId(i)!.Value)),
        MapProducerIdObserverIds = ReadList(table, table.MapProducerIdObserverIdsLength, static (t, i) => Read(t.MapProducerIdObserverIds(i)!.Value)),
        MapDataProducerIdDataConsumerIds = ReadList(table, table.MapDataProducerIdDataConsumerIdsLength, static (t, i) => Read(t.MapDataProducerIdDataConsumerIds(i)!.Value)),
        MapDataConsumerIdDataProducerId = ReadList(table, table.MapDataConsumerIdDataProducerIdLength, static (t, i) => Read(t.MapDataConsumerIdDataProducerId(i)!.Value)),
    };

    public static Offset<Wire.RouterDump> Write(FlatBufferBuilder builder, RouterDump value) =>
        Wire.RouterDump.CreateRouterDump(
            builder,
            builder.CreateString(value.Id),
            WriteStrings(builder, value.TransportIds),
            WriteStrings(builder, value.RtpObserverIds),
            WriteTables(builder, value.MapProducerIdConsumerIds, Write),
            WriteTables(builder, value.MapConsumerIdProducerId, Write),
            WriteTables(builder, value.MapProducerIdObserverIds, Write),
            WriteTables(builder, value.MapDataProducerIdDataConsumerIds, Write),
            WriteTables(builder, value.MapDataConsumerIdDataProducerId, Write));
}
