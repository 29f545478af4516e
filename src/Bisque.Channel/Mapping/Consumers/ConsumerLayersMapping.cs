using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static ConsumerLayers Read(Wire.ConsumerLayers table) => new()
    {
        SpatialLayer = table.SpatialLayer,
        TemporalLayer = table.TemporalLayer,
    };

    public static Offset<Wire.ConsumerLayers> Write(FlatBufferBuilder builder, ConsumerLayers value) =>
        Wire.ConsumerLayers.CreateConsumerLayers(builder, value.SpatialLayer, value.TemporalLayer);

    public static ConsumerScore Read(Wire.ConsumerScore table) => new()
    {
        Score = table.Score,
        ProducerScore = table.ProducerScore,
        ProducerScores = table.GetProducerScoresArray(),
    };

    public static Offset<Wire.ConsumerScore> Write(FlatBufferBuilder builder, ConsumerScore value) =>
        Wire.ConsumerScore.CreateConsumerScore(
            builder,
            value.Score,
            value.ProducerScore,
            WriteScalars(builder, value.ProducerScores));
}
