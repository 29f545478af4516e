using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>What became of the newest frames of a stream, by frame number, and of which pictures they are: 256 of them. Also whether all packets of a frame came.</summary>
internal sealed class FrameLog
{
    /// <summary>How many frames are known.</summary>
    public const int Capacity = 256;

    /// <summary>Frame numbers that somebody on the way may have left out between two frames.</summary>
    private const int MaxMissingNumbers = 8;

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

    /// <summary>How many frames the newest is ahead of one.</summary>
    public int AgeOf(ushort number) => (short)(_newest - number);

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

    /// <summary>Whether a frame refers to others, and all of them are known to be of a picture.</summary>
    public bool RefersOnlyTo(in FrameDependencies frame, RtpTimestamp picture)
    {
        for (var i = 0; i < frame.Frame.References.Count; i++)
        {
            var number = (ushort)(frame.FrameNumber - frame.Frame.References[i]);
            if (this[number] == FrameFate.Unknown || _frames[number % Capacity].Picture != picture)
            {
                return false;
            }
        }

        return frame.Frame.References.Count > 0;
    }

    /// <summary>What became of the frame that follows in the stream. Unknown until something of it came, although one may have been left out.</summary>
    /// <param name="number">The frame.</param>
    /// <param name="last">Its last packet: frame numbers may be missing, packet numbers are not.</param>
    /// <param name="picture">The picture of the frame that follows.</param>
    public FrameFate Behind(ushort number, SequenceNumber last, out RtpTimestamp picture)
    {
        for (var i = 1; i <= MaxMissingNumbers; i++)
        {
            var other = (ushort)(number + i);
            if (this[other] != FrameFate.Unknown && (i == 1 || IsFirst(_frames[other % Capacity], last.Next)))
            {
                picture = _frames[other % Capacity].Picture;
                return this[other];
            }
        }

        picture = default;
        return FrameFate.Unknown;
    }

    /// <summary>The same of the frame before.</summary>
    /// <param name="number">The frame.</param>
    /// <param name="first">Its first packet.</param>
    /// <param name="picture">The picture of the frame before.</param>
    public FrameFate Before(ushort number, SequenceNumber first, out RtpTimestamp picture)
    {
        for (var i = 1; i <= MaxMissingNumbers; i++)
        {
            var other = (ushort)(number - i);
            if (this[other] != FrameFate.Unknown && (i == 1 || IsLast(_frames[other % Capacity], first.Plus(-1))))
            {
                picture = _frames[other % Capacity].Picture;
                return this[other];
            }
        }

        picture = default;
        return FrameFate.Unknown;
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

    private static bool IsFirst(in Entry frame, SequenceNumber packet) => frame.HasFirst && frame.First == packet;

    private static bool IsLast(in Entry frame, SequenceNumber packet) => frame.HasLast && frame.Last == packet;

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
