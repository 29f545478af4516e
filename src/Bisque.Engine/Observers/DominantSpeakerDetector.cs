using Bisque.Primitives;

namespace Bisque.Engine.Observers;

/// <summary>
/// Says who of several speakers has the floor (Volfin and Cohen, section IV): whoever has it keeps it until somebody else is clearly
/// ahead at every scale of time, so that neither a cough nor a short answer takes it.
/// </summary>
internal sealed class DominantSpeakerDetector<TSource>
    where TSource : class
{
    private readonly Dictionary<TSource, Speaker> _speakers = [];

    // In the order in which they came, so that decisions among equals can be foretold.
    private readonly List<TSource> _sources = [];

    /// <summary>Who has the floor; null while nobody was given it.</summary>
    public TSource? Dominant { get; private set; }

    public void Add(TSource source, bool isMuted, MonotonicTime now)
    {
        _speakers.Add(source, new Speaker(now) { IsMuted = isMuted });
        _sources.Add(source);
    }

    /// <summary>Forgets a speaker. Returns whether it had the floor, which nobody has then.</summary>
    public bool Remove(TSource source)
    {
        _speakers.Remove(source);
        _sources.Remove(source);
        if (Dominant != source)
        {
            return false;
        }

        Dominant = null;
        return true;
    }

    /// <summary>A muted speaker keeps the floor if it has it, but does not win it.</summary>
    public void SetMuted(TSource source, bool isMuted) => _speakers[source].IsMuted = isMuted;

    /// <summary>Takes a packet's level.</summary>
    /// <param name="source">Who sent it.</param>
    /// <param name="attenuation">Its level in -dBov: 0 is the loudest, 127 silence (RFC 6464).</param>
    /// <param name="now">When it came.</param>
    public void OnPacket(TSource source, byte attenuation, MonotonicTime now)
    {
        if (_speakers.TryGetValue(source, out var speaker))
        {
            speaker.OnLevel((byte)(sbyte.MaxValue - attenuation), now);
        }
    }

    /// <summary>Nothing was listened to until now: it counts as silence.</summary>
    public void NoteSilence(MonotonicTime now)
    {
        foreach (var speaker in _speakers.Values)
        {
            speaker.NoteSilence(now);
        }
    }

    /// <summary>Decides. Returns whether somebody else has the floor now.</summary>
    public bool Decide(MonotonicTime now)
    {
        NoteSilence(now);
        var winner = Winner(now);
        var hasChanged = winner != Dominant;
        Dominant = winner;
        return hasChanged;
    }

    private TSource? Winner(MonotonicTime now)
    {
        if (_sources.Count < 2)
        {
            return _sources.Count == 0 ? null : _sources[0];
        }

        // Without a holder the first who can speak defends it.
        var holder = Dominant ?? _sources.Find(source => !_speakers[source].IsMuted) ?? _sources[0];
        var dominant = _speakers[holder];
        dominant.Evaluate();
        var winner = holder;
        var bestLead = double.NegativeInfinity;
        foreach (var source in _sources)
        {
            var speaker = _speakers[source];
            if (source == holder || speaker.IsMuted || speaker.IsAbsent(now))
            {
                continue;
            }

            speaker.Evaluate();
            if (speaker.LeadOver(dominant) is { } lead && lead > bestLead)
            {
                bestLead = lead;
                winner = source;
            }
        }

        return winner;
    }
}
