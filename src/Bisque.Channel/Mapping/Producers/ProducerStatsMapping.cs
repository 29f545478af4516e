using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static ProducerStats Read(Wire.ProducerStats table) => new()
    {
        Stats = ReadList(table, table.StatsLength, static (t, i) => Read(t.Stats(i)!.Value)),
    };

    public static Offset<Wire.ProducerStats> Write(FlatBufferBuilder builder, ProducerStats value) =>
        Wire.ProducerStats.CreateProducerStats(builder, WriteTables(builder, value.Stats, Write));
}
