using Bisque.Engine.Packets;
using Bisque.Engine.Sending;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>
/// Layers of streams that carry the dependency descriptor, as AV1 and, where negotiated, H264 (RTP Payload Format For AV1, appendix A).
/// Sends one decode target; goes to another at a frame from which on that one can be decoded by who got what was sent so far. A frame that
/// refers to one that was left out is left out too, and the receiver is told in the descriptor which targets it still gets: so its
/// decoder never waits for a frame that will not come. A stream without descriptors goes whole.
/// </summary>
internal sealed class DependencyLayerFilter : ILayerFilter
{
    private const int None = -1;

    /// <summary>A sender whose frames let nobody go over is asked for a key frame after so many.</summary>
    private const int MaxFramesToWait = 60;

    private readonly FrameLog _frames = new();
    private readonly ChainWatch _chains = new();
    private FrameDependencyStructure? _structure;
    private RtpTimestamp _newestTimestamp;
    private int _current = None;
    private int _previous = None;
    private ushort _currentSince;
    private RtpTimestamp _currentSincePicture;
    private LayerPair _target = LayerPair.None;
    private uint _activeTargets;
    private int _framesWaited;
    private bool _namesTargets;
    private bool _hasPictureEnded;

    public LayerPair Target
    {
        get => _target;
        set
        {
            _target = value;
            if (_structure is { } structure && value.Exists)
            {
                // What is lower can mostly be had without; the next picture tells.
                NeedsKeyFrame = structure.SpatialLayerOf(Best(structure, _activeTargets, isHealthy: false)) > structure.SpatialLayerOf(_current);
            }
        }
    }

    public LayerPair Current { get; private set; } = LayerPair.None;

    public bool NeedsKeyFrame { get; private set; }

    public void Enter(MediaPacket packet)
    {
        _structure = null;
        _current = _previous = None;
        _framesWaited = 0;
        NeedsKeyFrame = false;
        Current = Target;
    }

    public LayerVerdict Take(MediaPacket packet, out LayerOutput output)
    {
        ref readonly var payload = ref packet.PayloadInfo;
        var frame = payload.Dependencies;
        output = new LayerOutput(packet.Info.Marker, default);
        if (frame.Structure is null)
        {
            return TakeUnknown(packet);
        }

        var fate = _structure is null ? FrameFate.Unknown : _frames[frame.FrameNumber];
        if (_structure is null || (frame.StructureLength > 0 && payload.IsStartOfFrame && BeginsAnew(packet)))
        {
            Begin(packet);
            fate = FrameFate.Unknown;
        }
        else if (frame.Structure != _structure)
        {
            // Its structure came with a frame that was not taken.
            return LayerVerdict.Drop;
        }

        if (fate == FrameFate.Unknown)
        {
            fate = Decide(packet, frame);
            _frames[frame.FrameNumber] = fate;
            _chains.OnFrame(frame, fate);
        }

        if (fate != FrameFate.Kept)
        {
            return LayerVerdict.Drop;
        }

        var target = TargetAt(packet);
        output = new LayerOutput(
            packet.Info.Marker || (payload.IsEndOfFrame && frame.Frame.SpatialLayer == frame.Structure.SpatialLayerOf(target)),
            payload.IsStartOfFrame ? NameTargets(frame, target) : default);
        _hasPictureEnded |= output.Marker && packet.Info.Timestamp == _newestTimestamp;
        return LayerVerdict.Send;
    }

    /// <summary>A packet of which nothing is known but its frame's number, if that. Most often the packet with the structure is late.</summary>
    private LayerVerdict TakeUnknown(MediaPacket packet)
    {
        var frame = packet.PayloadInfo.Dependencies;
        if (_structure is null)
        {
            Current = Target;
            return LayerVerdict.Send;
        }

        if (frame.IsPresent && !packet.Info.Timestamp.IsNewerThan(_newestTimestamp))
        {
            return _frames[frame.FrameNumber] == FrameFate.Kept ? LayerVerdict.Send : LayerVerdict.Drop;
        }

        if (frame.IsPresent)
        {
            return LayerVerdict.Hold;
        }

        // With some layers left out nobody knows whether this belongs to them.
        return AvailableWith(_structure, _current) == _structure.AllTargets ? LayerVerdict.Send : LayerVerdict.Drop;
    }

    /// <summary>A coded video sequence begins: everything can be had. What comes late from before it is of the layers of its time.</summary>
    private void Begin(MediaPacket packet)
    {
        var frame = packet.PayloadInfo.Dependencies;
        if (frame.Structure != _structure || !_frames.IsNewer(frame.FrameNumber))
        {
            _frames.Begin((ushort)(frame.FrameNumber - 1));
            _current = None;
        }

        _structure = frame.Structure!;
        _chains.Begin();
        _newestTimestamp = packet.Info.Timestamp;
        _hasPictureEnded = false;
        _activeTargets = frame.ActiveTargets;
        SetCurrent(Best(_structure, frame.ActiveTargets, isHealthy: false), frame.FrameNumber);
        _namesTargets = false;
        NeedsKeyFrame = false;
    }

    private bool BeginsAnew(MediaPacket packet) =>
        packet.Info.Timestamp.IsNewerThan(_newestTimestamp)
        && (packet.PayloadInfo.Dependencies.Structure != _structure || packet.PayloadInfo.Dependencies.Frame.References.Count == 0);

    private FrameFate Decide(MediaPacket packet, in FrameDependencies frame)
    {
        if (_frames.IsNewer(frame.FrameNumber))
        {
            var beginsPicture = packet.Info.Timestamp.IsNewerThan(_newestTimestamp);
            _newestTimestamp = beginsPicture ? packet.Info.Timestamp : _newestTimestamp;
            _hasPictureEnded &= !beginsPicture;
            _chains.Expect(frame, _frames, packet.Info.ReceivedAt);
            GoOver(frame, beginsPicture);
        }

        var target = TargetAt(packet);
        return target != None && frame.Frame.IndicationFor(target) != DecodeTargetIndication.NotPresent && !RefersTo(frame, FrameFate.LeftOut)
            ? FrameFate.Kept
            : FrameFate.LeftOut;
    }

    /// <summary>Goes to the decode target that suits best, if this frame allows it.</summary>
    private void GoOver(in FrameDependencies frame, bool beginsPicture)
    {
        var structure = frame.Structure!;
        _activeTargets = frame.ActiveTargets;
        var wanted = Best(structure, frame.ActiveTargets, isHealthy: false);
        var best = Best(structure, frame.ActiveTargets, isHealthy: true);
        if (wanted == _current && best == _current)
        {
            _framesWaited = 0;
            NeedsKeyFrame = _chains.IsBroken(structure.ChainOf(_current));
            return;
        }

        _framesWaited++;
        if (best != _current && CanGoOver(frame, best, beginsPicture))
        {
            SetCurrent(best, frame.FrameNumber);
        }

        var missing = structure.SpatialLayerOf(wanted).CompareTo(structure.SpatialLayerOf(_current));
        if (beginsPicture || missing > 0)
        {
            NeedsKeyFrame = missing != 0 || _framesWaited > MaxFramesToWait;
        }
    }

    private bool CanGoOver(in FrameDependencies frame, int target, bool beginsPicture)
    {
        var structure = frame.Structure!;
        var indication = frame.Frame.IndicationFor(target);
        var isDown = structure.SpatialLayerOf(target) <= structure.SpatialLayerOf(_current)
            && structure.TemporalLayerOf(target) <= structure.TemporalLayerOf(_current);
        var isPoint = isDown ? beginsPicture : indication == DecodeTargetIndication.Switch;
        if (!isPoint || _hasPictureEnded || RefersTo(frame, FrameFate.LeftOut))
        {
            return false;
        }

        // What leads to this frame within the target must have been sent. What never came does not count: it may itself have needed
        // something that was left out.
        return structure.ChainOf(target) is not (var chain and >= 0)
            || frame.Frame.ChainDistance(chain) is not (var distance and > 0)
            || _frames[(ushort)(frame.FrameNumber - distance)] == FrameFate.Kept;
    }

    private bool RefersTo(in FrameDependencies frame, FrameFate fate)
    {
        for (var i = 0; i < frame.Frame.References.Count; i++)
        {
            if (_frames[(ushort)(frame.FrameNumber - frame.Frame.References[i])] == fate)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The target to which a packet belongs, be it late: pictures are of one target, also where their first frame comes last.</summary>
    private int TargetAt(MediaPacket packet) =>
        _previous != None
        && (short)(packet.PayloadInfo.Dependencies.FrameNumber - _currentSince) < 0
        && packet.Info.Timestamp != _currentSincePicture
            ? _previous
            : _current;

    private void SetCurrent(int target, ushort since)
    {
        (_previous, _current, _currentSince, _currentSincePicture) = (_current, target, since, _newestTimestamp);
        _framesWaited = 0;
        Current = new LayerPair((short)_structure!.SpatialLayerOf(target), (short)_structure.TemporalLayerOf(target));
    }

    /// <summary>Once the receiver lacks something, each frame says what it gets, until a new structure says it anew.</summary>
    private PayloadRewrite NameTargets(in FrameDependencies frame, int target)
    {
        var available = frame.ActiveTargets & AvailableWith(frame.Structure!, target);
        _namesTargets |= available != frame.ActiveTargets;
        return _namesTargets ? PayloadRewrite.OfActiveTargets(available) : default;
    }

    /// <summary>The decode targets of which a receiver of one has every frame.</summary>
    private static uint AvailableWith(FrameDependencyStructure structure, int target)
    {
        var available = 0u;
        for (var other = 0; other < structure.DecodeTargetCount; other++)
        {
            var hasAll = true;
            foreach (ref readonly var template in structure.Templates)
            {
                hasAll &= template.IndicationFor(other) == DecodeTargetIndication.NotPresent
                    || template.IndicationFor(target) != DecodeTargetIndication.NotPresent;
            }

            available |= hasAll ? 1u << other : 0;
        }

        return available;
    }

    /// <summary>The best target up to the layers aimed at; without one, the lowest.</summary>
    private int Best(FrameDependencyStructure structure, uint active, bool isHealthy)
    {
        var (best, bestRank, lowest, lowestRank) = (None, None, 0, int.MaxValue);
        for (var target = 0; target < structure.DecodeTargetCount; target++)
        {
            if ((active & (1u << target)) == 0 || (isHealthy && _chains.IsBroken(structure.ChainOf(target))))
            {
                continue;
            }

            var (spatial, temporal) = (structure.SpatialLayerOf(target), structure.TemporalLayerOf(target));
            var rank = spatial * FrameDependencyStructure.MaxLayers + temporal;
            if (rank < lowestRank)
            {
                (lowest, lowestRank) = (target, rank);
            }

            if (spatial <= _target.Spatial && temporal <= _target.Temporal && rank > bestRank)
            {
                (best, bestRank) = (target, rank);
            }
        }

        return best != None ? best : isHealthy && lowestRank == int.MaxValue ? _current : lowest;
    }
}
