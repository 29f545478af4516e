namespace Bisque.Engine.Consumers.Layers;

/// <summary>What became of the newest frames of a stream, by frame number: 256 of them.</summary>
internal sealed class FrameLog
{
    private const int Capacity = 256;

    private readonly FrameFate[] _fates = new FrameFate[Capacity];
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
    public FrameFate this[ushort number]
    {
        get => IsNewer(number) || (short)(_newest - number) >= Capacity ? FrameFate.Unknown : _fates[number % Capacity];
        set
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
                _fates[number % Capacity] = value;
            }
        }
    }
}
