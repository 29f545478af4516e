using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static AudioLevelVolume Read(Wire.AudioLevelVolume table) => new()
    {
        ProducerId = table.ProducerId,
        Volume = table.Volume,
    };

    public static Offset<Wire.AudioLevelVolume> Write(FlatBufferBuilder builder, AudioLevelVolume value) =>
        Wire.AudioLevelVolume.CreateAudioLevelVolume(
            builder,
            builder.CreateString(value.ProducerId),
            value.Volume);
}
