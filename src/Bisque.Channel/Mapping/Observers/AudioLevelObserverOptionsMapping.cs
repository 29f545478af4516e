using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static AudioLevelObserverOptions Read(Wire.AudioLevelObserverOptions table) => new()
    {
        MaxEntries = table.MaxEntries,
        Threshold = table.Threshold,
        Interval = table.Interval,
    };

    public static Offset<Wire.AudioLevelObserverOptions> Write(FlatBufferBuilder builder, AudioLevelObserverOptions value) =>
        Wire.AudioLevelObserverOptions.CreateAudioLevelObserverOptions(
            builder,
            value.MaxEntries,
            value.Threshold,
            value.Interval);
}
