using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>Which decode target of a stream is sent, from which frame on, and which one would suit the layers that are aimed at.</summary>
internal sealed class DecodeTargetChoice
{
    /// <summary>Frames that a late one may be behind the newest.</summary>
    private const int LongestDelay = FrameLog.Capacity;

    /// <summary>No target.</summary>
    public const int None = -1;

    private int _previous = None;
    private ushort _since;
    private RtpTimestamp _sincePicture;

    /// <summary>The layers aimed at.</summary>
    public LayerPair Wanted { get; set; } = LayerPair.None;

    /// <summary>The target that is sent.</summary>
    public int Current { get; private set; } = None;

    /// <summary>Nothing is sent, nor was.</summary>
    public void Clear() => Current = _previous = None;

    /// <summary>Nothing is sent any more; what was sent is known still.</summary>
    public void Leave() => Current = None;

    /// <summary>Another target is sent.</summary>
    /// <param name="target">The target.</param>
    /// <param name="since">The first frame that belongs to it.</param>
    /// <param name="picture">Timestamp of the picture that belongs to it from its first frame on, whichever frame came first.</param>
    public void GoTo(int target, ushort since, RtpTimestamp picture) =>
        (_previous, Current, _since, _sincePicture) = (Current, target, since, picture);

    /// <summary>Takes note of the newest frame. To be called for each, or frame numbers come round unnoticed.</summary>
    public void OnNewest(ushort frame)
    {
        if ((short)(frame - _since) > LongestDelay)
        {
            _previous = None;
        }
    }

    /// <summary>The target to which a frame belongs, be it late: pictures are of one target, also where their first frame comes last.</summary>
    public int At(ushort frame, RtpTimestamp picture) =>
        _previous != None && (short)(frame - _since) < 0 && picture != _sincePicture ? _previous : Current;

    /// <summary>The best target up to the layers aimed at; without one, the lowest.</summary>
    /// <param name="structure">The targets.</param>
    /// <param name="active">One bit for each that is sent by the encoder.</param>
    /// <param name="chains">Targets whose chain is broken are left aside, unless all are; null to take no heed of that.</param>
    public int Best(FrameDependencyStructure structure, uint active, ChainWatch? chains)
    {
        var (best, bestRank, lowest, lowestRank) = (None, None, 0, int.MaxValue);
        for (var target = 0; target < structure.DecodeTargetCount; target++)
        {
            if ((active & (1u << target)) == 0 || chains?.IsBroken(structure.ChainOf(target)) == true)
            {
                continue;
            }

            var (spatial, temporal) = (structure.SpatialLayerOf(target), structure.TemporalLayerOf(target));
            var rank = spatial * FrameDependencyStructure.MaxLayers + temporal;
            if (rank < lowestRank)
            {
                (lowest, lowestRank) = (target, rank);
            }

            if (spatial <= Wanted.Spatial && temporal <= Wanted.Temporal && rank > bestRank)
            {
                (best, bestRank) = (target, rank);
            }
        }

        return best != None ? best : chains is not null && lowestRank == int.MaxValue ? Current : lowest;
    }
}
