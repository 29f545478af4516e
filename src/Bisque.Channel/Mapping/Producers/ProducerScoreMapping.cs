using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static ProducerScore Read(Wire.ProducerScore table) => new()
    {
        EncodingIndex = table.EncodingIdx,
        Ssrc = table.Ssrc,
        Rid = table.Rid,
        Score = table.Score,
    };

    public static Offset<Wire.ProducerScore> Write(FlatBufferBuilder builder, ProducerScore value) =>
        Wire.ProducerScore.CreateProducerScore(
            builder,
            value.EncodingIndex,
            value.Ssrc,
            builder.CreateString(value.Rid),
            value.Score);
}
