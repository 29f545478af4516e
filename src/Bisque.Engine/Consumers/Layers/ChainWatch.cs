using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>
/// Notices chains that broke: a frame of one never came. It may still be repaired, so a chain counts as broken only after a while; a target
/// that depends on it then cannot be decoded until the next key frame.
/// </summary>
internal sealed class ChainWatch
{
    /// <summary>In this time a lost frame is repaired, or never.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly ushort[] _missing = new ushort[FrameTemplate.MaxChains];
    private readonly MonotonicTime[] _missingSince = new MonotonicTime[FrameTemplate.MaxChains];
    private MonotonicTime _now;

    /// <summary>All chains begin anew.</summary>
    public void Begin() => Array.Fill(_missingSince, MonotonicTime.Never);

    /// <summary>Whether a chain is broken; false for none, -1.</summary>
    public bool IsBroken(int chain) => chain >= 0 && _missingSince[chain] != MonotonicTime.Never && _now - _missingSince[chain] >= Patience;

    /// <summary>Looks, for a new frame, whether its predecessors in the chains came.</summary>
    public void Expect(in FrameDependencies frame, FrameLog frames, MonotonicTime now)
    {
        _now = now;
        for (var chain = 0; chain < Math.Min(frame.Structure!.ChainCount, FrameTemplate.MaxChains); chain++)
        {
            var distance = frame.Frame.ChainDistance(chain);
            var previous = (ushort)(frame.FrameNumber - distance);
            if (distance > 0 && frames[previous] == FrameFate.Unknown && _missingSince[chain] == MonotonicTime.Never)
            {
                _missing[chain] = previous;
                _missingSince[chain] = now;
            }
        }
    }

    /// <summary>A frame came: perhaps one that was missed.</summary>
    public void OnFrame(in FrameDependencies frame, FrameFate fate)
    {
        for (var chain = 0; chain < FrameTemplate.MaxChains; chain++)
        {
            if (fate == FrameFate.Kept && _missing[chain] == frame.FrameNumber && !IsBroken(chain))
            {
                _missingSince[chain] = MonotonicTime.Never;
            }
        }
    }
}
