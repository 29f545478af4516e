using Bisque.Primitives;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>What became of the newest frames of a stream, by frame number, and of which pictures they are: 256 of them.</summary>
internal sealed class FrameLog
{
    private const int Capacity = 256;

    private readonly FrameFate[] _fates = new FrameFate[Capacity];
    private readonly RtpTimestamp[] _timestamps = new RtpTimestamp[Capacity];
    private ushort _newest;

    /// <summary>Forgets everything and begins with a frame.</summary>
    public void Begin(ushort first)
    {
        Array.Clear(_fates);
        _newest = first;
    }

    /// <summary>Whether a frame comes after all that were noted.</summary>
    public bool IsNewer(ushort number) => (short)(number - _newest) > 0;

    /// <summary>What became of a frame; unknown for one that was not seen, or too long ago.</summary>
    public FrameFate this[ushort number] =>
        IsNewer(number) || (short)(_newest - number) >= Capacity ? FrameFate.Unknown : _fates[number % Capacity];

    /// <summary>The first of some frames before one, <paramref name="count"/> at most, that is newer than all that were noted; else the frame itself.</summary>
    public ushort FirstUnseen(ushort number, int count) => (ushort)(number - Math.Clamp((short)(number - _newest) - 1, 0, count));

    /// <summary>Whether a frame may be of a picture: it was not seen yet, or with the picture's timestamp.</summary>
    public bool MayBeOf(ushort number, RtpTimestamp picture) => this[number] == FrameFate.Unknown || _timestamps[number % Capacity] == picture;

    /// <summary>Notes what becomes of a frame.</summary>
    public void Note(ushort number, FrameFate fate, RtpTimestamp picture)
    {
        for (; IsNewer(number) && (short)(number - _newest) < Capacity; _newest++)
        {
            _fates[(ushort)(_newest + 1) % Capacity] = FrameFate.Unknown;
        }

        if (IsNewer(number))
        {
            Begin(number);
        }

        if ((short)(_newest - number) < Capacity)
        {
            _fates[number % Capacity] = fate;
            _timestamps[number % Capacity] = picture;
        }
    }
}
