namespace Bisque.Engine.Observers;

/// <summary>Averages the audio levels that packets carry (RFC 6464), source by source, over one interval.</summary>
internal sealed class AudioLevelMeter<TSource>
    where TSource : notnull
{
    /// <summary>Fewer packets in an interval say nothing about who speaks.</summary>
    public const int MinimumPackets = 10;

    private readonly Dictionary<TSource, Levels> _sources = [];

    /// <summary>Counts one packet.</summary>
    /// <param name="source">Who sent it.</param>
    /// <param name="attenuation">Its level in -dBov: 0 is the loudest, 127 silence.</param>
    public void OnPacket(TSource source, byte attenuation)
    {
        ref var levels = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_sources, source, out _);
        levels.Sum += attenuation;
        levels.Count++;
    }

    public void Forget(TSource source) => _sources.Remove(source);

    public void Clear() => _sources.Clear();

    /// <summary>
    /// Ends the interval: the sources at or above <paramref name="threshold"/> (dBov, negative), loudest first, at most
    /// <paramref name="maximum"/> of them.
    /// </summary>
    public IReadOnlyList<(TSource Source, sbyte Volume)> Take(sbyte threshold, int maximum)
    {
        var volumes = new List<(TSource Source, sbyte Volume)>();
        foreach (var (source, levels) in _sources)
        {
            if (levels.Count >= MinimumPackets)
            {
                var volume = (sbyte)-Math.Round((double)levels.Sum / levels.Count, MidpointRounding.AwayFromZero);
                if (volume >= threshold)
                {
                    volumes.Add((source, volume));
                }
            }
        }

        _sources.Clear();
        volumes.Sort((left, right) => right.Volume.CompareTo(left.Volume));
        return volumes.Count > maximum ? volumes[..maximum] : volumes;
    }

    private struct Levels
    {
        public int Sum;
        public int Count;
    }
}
