using Bisque.Primitives;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>
/// Which layers were sent from which picture on, by RTP timestamp: a packet that comes late belongs to the layers of its own time. The
/// last few changes are kept.
/// </summary>
internal sealed class LayerHistory
{
    private const int Capacity = 8;

    /// <summary>Nothing comes so late, and half the range of timestamps is twice as much.</summary>
    private const int LongestDelay = 1 << 30;

    private readonly (RtpTimestamp From, LayerPair Layers)[] _changes = new (RtpTimestamp, LayerPair)[Capacity];
    private int _count;

    /// <summary>The layers of the newest picture.</summary>
    public LayerPair Current => _count == 0 ? LayerPair.None : _changes[_count - 1].Layers;

    /// <summary>Forgets everything, and begins with a picture.</summary>
    public void Begin(RtpTimestamp from, LayerPair layers)
    {
        _count = 1;
        _changes[0] = (from, layers);
    }

    /// <summary>Notes the layers of a picture, which is the newest. To be called for each, or the range of timestamps comes round unnoticed.</summary>
    public void Change(RtpTimestamp from, LayerPair layers)
    {
        foreach (ref var change in _changes.AsSpan(0, _count))
        {
            if (change.From.DistanceTo(from) > LongestDelay)
            {
                change.From = from.Plus(-LongestDelay);
            }
        }

        if (layers == Current)
        {
            return;
        }

        if (_count > 0 && _changes[_count - 1].From == from)
        {
            _changes[_count - 1].Layers = layers;
            return;
        }

        if (_count == Capacity)
        {
            _changes.AsSpan(1).CopyTo(_changes);
            _count--;
        }

        _changes[_count++] = (from, layers);
    }

    /// <summary>The layers of a picture; none for one from before the first.</summary>
    public LayerPair At(RtpTimestamp timestamp)
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            if (_changes[i].From.DistanceTo(timestamp) >= 0)
            {
                return _changes[i].Layers;
            }
        }

        return LayerPair.None;
    }
}
