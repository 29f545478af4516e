using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static ActiveSpeakerObserverOptions Read(Wire.ActiveSpeakerObserverOptions table) => new()
    {
        Interval = table.Interval,
    };

    public static Offset<Wire.ActiveSpeakerObserverOptions> Write(FlatBufferBuilder builder, ActiveSpeakerObserverOptions value) =>
        Wire.ActiveSpeakerObserverOptions.CreateActiveSpeakerObserverOptions(builder, value.Interval);
}
