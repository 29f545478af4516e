using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>What became of the newest frames of a stream, by frame number, and of which pictures they are: 256 of them. Also whether all packets of a frame came.</summary>
internal sealed class FrameLog
{
    /// <summary>How many frames are known.</summary>
    public const int Capacity = 256;

    private readonly Entry[] _frames = new Entry[Capacity];
    private ushort _newest;

    /// <summary>Forgets everything and begins with a frame.</summary>
    public void Begin(ushort first)
    {
        Array.Clear(_frames);
        _newest = first;
    }

    /// <summary>Whether a frame comes after all that were noted.</summary>
    public bool IsNewer(ushort number) => (short)(number - _newest) > 0;

    /// <summary>What became of a frame; unknown for one that was not seen, or too long ago.</summary>
    public FrameFate this[ushort number] =>
        IsKnown(number) ? _frames[number % Capacity].Fate : FrameFate.Unknown;

    /// <summary>Whether a frame refers to one of a certain fate.</summary>
    public bool HasReference(in FrameDependencies frame, FrameFate fate)
    {
        for (var i = 0; i < frame.Frame.References.Count; i++)
        {
            if (this[(ushort)(frame.FrameNumber - frame.Frame.References[i])] == fate)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a frame refers to one of its own picture, which perhaps was not seen yet. The frames of a picture follow one another in numbers: no
    /// more of them come before this one than there are layers below it.
    /// </summary>
    public bool HasReferenceWithin(in FrameDependencies frame, RtpTimestamp picture)
    {
        for (var i = 0; i < frame.Frame.References.Count; i++)
        {
            var distance = frame.Frame.References[i];
            if (distance <= frame.Frame.SpatialLayer && MayBeOf((ushort)(frame.FrameNumber - distance), picture))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Notes what becomes of a frame.</summary>
    public void Note(ushort number, FrameFate fate, RtpTimestamp picture)
    {
        for (; IsNewer(number) && (short)(number - _newest) < Capacity; _newest++)
        {
            _frames[(ushort)(_newest + 1) % Capacity] = default;
        }

        if (IsNewer(number))
        {
            Begin(number);
        }

        if (IsKnown(number))
        {
            ref var frame = ref _frames[number % Capacity];
            frame.Fate = fate;
            frame.Picture = picture;
        }
    }

    /// <summary>Takes note of a packet of a frame, once for each packet.</summary>
    public void OnPacket(ushort number, SequenceNumber packet, bool begins, bool ends)
    {
        if (!IsKnown(number))
        {
            return;
        }

        ref var frame = ref _frames[number % Capacity];
        frame.Packets++;
        (frame.First, frame.HasFirst) = begins ? (packet, true) : (frame.First, frame.HasFirst);
        (frame.Last, frame.HasLast) = ends ? (packet, true) : (frame.Last, frame.HasLast);
    }

    /// <summary>Whether something of a frame that the receiver is to have is still missing.</summary>
    public bool IsMissed(ushort number)
    {
        if (!IsKnown(number))
        {
            return true;
        }

        ref readonly var frame = ref _frames[number % Capacity];
        return frame.Fate == FrameFate.Unknown
            || (frame.Fate == FrameFate.Kept
                && !(frame.HasFirst && frame.HasLast && frame.First.DistanceTo(frame.Last) + 1 <= frame.Packets));
    }

    private bool MayBeOf(ushort number, RtpTimestamp picture) => this[number] == FrameFate.Unknown || _frames[number % Capacity].Picture == picture;

    private bool IsKnown(ushort number) => !IsNewer(number) && (short)(_newest - number) < Capacity;

    private struct Entry
    {
        public FrameFate Fate;
        public RtpTimestamp Picture;
        public bool HasFirst;
        public bool HasLast;
        public SequenceNumber First;
        public SequenceNumber Last;
        public int Packets;
    }
}
