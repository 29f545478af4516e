using Bisque.Engine.Packets;
using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>
/// The newest packets of a producer's stream, kept once for all its consumers so that they can answer NACKs. Bounded in packets, bytes
/// and RTP time (<see cref="RetransmissionLimits"/>). Holds one reference to each packet.
/// </summary>
internal sealed class RetransmissionStore
{
    private readonly SequenceRing<MediaPacket?> _ring = new();
    private readonly int _maxAge;
    private readonly int _maxBytes;

    /// <summary>Makes an empty store for a stream of video or audio with the given clock rate.</summary>
    public RetransmissionStore(bool isVideo, uint clockRate, int maxBytes = RetransmissionLimits.MaxBytes)
    {
        _maxAge = RetransmissionLimits.InTimestampUnits(isVideo, clockRate);
        _maxBytes = maxBytes;
    }

    /// <summary>Packets kept.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the packets kept.</summary>
    public int Bytes { get; private set; }

    /// <summary>
    /// Keeps a packet, with a reference of its own. False for what is too old or kept already. A jump too large for the range, or of
    /// timestamps into the past, means that the sender started over: what was kept is dropped.
    /// </summary>
    public bool Add(MediaPacket packet)
    {
        var number = packet.Info.SequenceNumber;
        if (_ring.Span > 0 && !Admit(number, packet.Info.Timestamp))
        {
            return false;
        }

        if (_ring.Span == 0)
        {
            _ring.Start(number);
        }

        packet.AddReference();
        _ring[number] = packet;
        Count++;
        Bytes += packet.Info.Size;
        DropOld();
        return true;
    }

    /// <summary>The packet with the given number, or null. No reference is added.</summary>
    public MediaPacket? Find(SequenceNumber sequenceNumber) => _ring.Contains(sequenceNumber) ? _ring[sequenceNumber] : null;

    /// <summary>Releases everything, as when the producer pauses, restarts or closes.</summary>
    public void Clear()
    {
        while (_ring.Span > 0)
        {
            DropOldest();
        }

        _ring.Clear();
    }

    private bool Admit(SequenceNumber number, RtpTimestamp timestamp)
    {
        if (_ring.Contains(number))
        {
            return _ring[number] is null;
        }

        var newest = _ring.Newest;
        var newestTimestamp = _ring[newest]!.Info.Timestamp;
        var ahead = newest.DistanceTo(number);
        if (ahead > 0)
        {
            if (ahead >= SequenceRing<MediaPacket>.MaxSpan || timestamp.DistanceTo(newestTimestamp) > _maxAge)
            {
                Clear();
                return true;
            }

            while (_ring.Span + ahead > SequenceRing<MediaPacket>.MaxSpan)
            {
                DropOldest();
            }

            _ring.ExtendForward(number);
            return true;
        }

        if (-ahead >= SequenceRing<MediaPacket>.MaxSpan || timestamp.DistanceTo(newestTimestamp) > _maxAge)
        {
            return false;
        }

        _ring.ExtendBack(number);
        return true;
    }

    private void DropOld()
    {
        var newest = _ring[_ring.Newest]!.Info.Timestamp;
        while (_ring.Span > 1
            && (_ring[_ring.Oldest] is not { } oldest || Bytes > _maxBytes || oldest.Info.Timestamp.DistanceTo(newest) > _maxAge))
        {
            DropOldest();
        }
    }

    private void DropOldest()
    {
        if (_ring.RemoveOldest() is { } packet)
        {
            Count--;
            Bytes -= packet.Info.Size;
            packet.Release();
        }
    }
}
