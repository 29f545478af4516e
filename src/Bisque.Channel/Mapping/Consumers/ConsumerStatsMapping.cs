using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static ConsumerStats Read(Wire.ConsumerStats table) => new()
    {
        Stats = ReadList(table, table.StatsLength, static (t, i) => Read(t.Stats(i)!.Value)),
    };

    public static Offset<Wire.ConsumerStats> Write(FlatBufferBuilder builder, ConsumerStats value) =>
        Wire.ConsumerStats.CreateConsumerStats(builder, WriteTables(builder, value.Stats, Write));
}
