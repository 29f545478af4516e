using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>
/// Notices chains that broke: a frame of one, or some packet of it, never came. It may still be repaired, so a chain counts as broken only
/// after a while, and as lost only after a longer one; a target that depends on it cannot be decoded until the repair or the next key frame.
/// </summary>
internal sealed class ChainWatch
{
    /// <summary>In this time what was lost is mostly repaired. Whoever can do without the chain does so from then on.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>What was not repaired until then never will: a receiver's jitter buffer waits no longer for it either.</summary>
    public static readonly TimeSpan LongestRepair = TimeSpan.FromMilliseconds(1000);

    /// <summary>Frames of one chain that are missed at a time; with more, it is lost.</summary>
    private const int MaxMissing = 8;

    private readonly (ushort Frame, MonotonicTime Since)[] _missing = new (ushort, MonotonicTime)[FrameTemplate.MaxChains * MaxMissing];
    private readonly int[] _counts = new int[FrameTemplate.MaxChains];
    private MonotonicTime _now;
    private ushort _first;

    /// <summary>All chains begin anew, with a frame.</summary>
    public void Begin(ushort first)
    {
        Array.Clear(_counts);
        _first = first;
    }

    /// <summary>Whether a frame is from before the beginning, or from long ago.</summary>
    public bool IsFromBefore(ushort frame) => (short)(frame - _first) < 0;

    /// <summary>Whether a chain is broken; false for none, -1.</summary>
    public bool IsBroken(int chain) => IsMissedFor(chain, Patience);

    /// <summary>Whether there is no hope for a chain but a key frame; false for none, -1.</summary>
    public bool IsLost(int chain) => IsMissedFor(chain, LongestRepair);

    /// <summary>
    /// Looks, when the first packet of a frame comes, whether its predecessors in the chains are there. Frames from before the beginning are
    /// none of theirs.
    /// </summary>
    public void Expect(in FrameDependencies frame, FrameLog frames, MonotonicTime now)
    {
        _now = now;
        if ((short)(frame.FrameNumber - _first) is not (var age and > 0))
        {
            return;
        }

        // Frame numbers come round.
        _first = age > FrameLog.Capacity ? (ushort)(frame.FrameNumber - FrameLog.Capacity) : _first;
        for (var chain = 0; chain < Math.Min(frame.Structure!.ChainCount, FrameTemplate.MaxChains); chain++)
        {
            var distance = frame.Frame.ChainDistance(chain);
            var previous = (ushort)(frame.FrameNumber - distance);
            if (distance > 0 && frames.IsMissed(previous))
            {
                Miss(chain, previous);
            }
        }
    }

    /// <summary>A packet came: perhaps what was missed of its frame.</summary>
    public void OnPacket(ushort frameNumber, FrameLog frames, MonotonicTime now)
    {
        _now = now;
        for (var chain = 0; chain < FrameTemplate.MaxChains; chain++)
        {
            var missing = MissingOf(chain);
            for (var i = 0; i < missing.Length; i++)
            {
                if (missing[i].Frame == frameNumber && !frames.IsMissed(frameNumber) && !IsLost(chain))
                {
                    missing[(i + 1)..].CopyTo(missing[i..]);
                    _counts[chain]--;
                    break;
                }
            }
        }
    }

    private bool IsMissedFor(int chain, TimeSpan time) =>
        chain >= 0 && _counts[chain] > 0 && (_counts[chain] == MaxMissing || _now - _missing[chain * MaxMissing].Since >= time);

    private void Miss(int chain, ushort frame)
    {
        if (_counts[chain] == MaxMissing)
        {
            return;
        }

        foreach (var missing in MissingOf(chain))
        {
            if (missing.Frame == frame)
            {
                return;
            }
        }

        _missing[chain * MaxMissing + _counts[chain]++] = (frame, _now);
    }

    private Span<(ushort Frame, MonotonicTime Since)> MissingOf(int chain) => _missing.AsSpan(chain * MaxMissing, _counts[chain]);
}
