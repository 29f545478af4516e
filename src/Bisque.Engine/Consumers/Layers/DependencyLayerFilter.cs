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
/// <param name="joinsFrames">
/// Whether the receiver takes packets for frames by AV1's fragments, since it did not negotiate the descriptor: for it the frames of a picture
/// are joined into one.
/// </param>
internal sealed class DependencyLayerFilter(bool joinsFrames) : ILayerFilter
{
    /// <summary>A sender whose frames let nobody go over is asked for a key frame after so many.</summary>
    private const int MaxFramesToWait = 60;

    private readonly FrameLog _frames = new();
    private readonly ChainWatch _chains = new();
    private readonly DecodeTargetChoice _targets = new();
    private FrameDependencies _sequence;
    private RtpTimestamp _newestTimestamp;
    private RtpTimestamp _keyTimestamp;
    private uint _activeTargets;
    private int _framesWaited;
    private MonotonicTime _holdsSince = MonotonicTime.Never;
    private bool _namesTargets;
    private bool _hasPictureEnded;

    /// <summary>The structure that the frames are judged by; null before the first, and when a sender made many new ones meanwhile.</summary>
    private FrameDependencyStructure? Known => _sequence.Structure;

    public LayerPair Target
    {
        get => _targets.Wanted;
        set
        {
            _targets.Wanted = value;
            if (Known is { } structure && value.Exists)
            {
                // Of other sizes, only one that is sent along already can be had without.
                var best = _targets.Best(structure, _activeTargets, chains: null);
                NeedsKeyFrame = structure.SpatialLayerOf(best) != structure.SpatialLayerOf(_targets.Current)
                    && (structure.TargetsWithin(_targets.Current) & (1u << best)) == 0;
            }
        }
    }

    public LayerPair Current { get; private set; } = LayerPair.None;

    public bool NeedsKeyFrame { get; private set; }

    public void Enter(MediaPacket packet)
    {
        _sequence = default;
        _targets.Clear();
        _framesWaited = 0;
        _holdsSince = MonotonicTime.Never;
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

        var beginsSequence = !_sequence.IsPresent || (frame.StructureLength > 0 && payload.IsStartOfFrame && BeginsAnew(packet));
        var fate = _sequence.IsPresent ? _frames[frame.FrameNumber] : FrameFate.Unknown;
        if (beginsSequence)
        {
            Begin(packet);
            fate = FrameFate.Unknown;
        }
        else if (frame.Structure != Known)
        {
            // Its structure came with a frame that was not taken.
            return LayerVerdict.Drop;
        }

        _holdsSince = MonotonicTime.Never;
        if (fate == FrameFate.Unknown)
        {
            fate = Decide(packet, frame);
            _frames.Note(frame.FrameNumber, fate, packet.Info.Timestamp);
        }

        NotePacket(packet);
        if (fate != FrameFate.Kept)
        {
            output = output with { TellsOfHeld = beginsSequence };
            return LayerVerdict.Drop;
        }

        var target = _targets.At(frame.FrameNumber, packet.Info.Timestamp);
        var layersAbove = frame.Structure.SpatialLayerOf(target) - frame.Frame.SpatialLayer;
        var endsPicture = packet.Info.Marker || (payload.IsEndOfFrame && layersAbove == 0);
        output = new LayerOutput(
            endsPicture,
            joinsFrames ? Join(packet, mayGoOn: !endsPicture && layersAbove > 0)
            : payload.IsStartOfFrame ? NameTargets(frame, target)
            : default,
            TellsOfHeld: beginsSequence);
        _hasPictureEnded |= output.Marker && packet.Info.Timestamp == _newestTimestamp;
        return LayerVerdict.Send;
    }

    /// <summary>A packet of which nothing is known but its frame's number, if that. Most often the packet with the structure is late.</summary>
    private LayerVerdict TakeUnknown(MediaPacket packet)
    {
        var frame = packet.PayloadInfo.Dependencies;
        if (!_sequence.IsPresent)
        {
            Current = Target;
            return LayerVerdict.Send;
        }

        if (frame.IsPresent && !packet.Info.Timestamp.IsNewerThan(_newestTimestamp))
        {
            NotePacket(packet);
            return _frames[frame.FrameNumber] == FrameFate.Kept ? LayerVerdict.Send : LayerVerdict.Drop;
        }

        if (frame.IsPresent)
        {
            // Who sent the structure may think that it arrived.
            _holdsSince = MonotonicTime.Min(_holdsSince, packet.Info.ReceivedAt);
            NeedsKeyFrame |= packet.Info.ReceivedAt - _holdsSince >= ChainWatch.Patience;
            return LayerVerdict.Hold;
        }

        // With some layers left out nobody knows whether this belongs to them.
        return Known is { } structure && structure.TargetsWithin(_targets.Current) == structure.AllTargets ? LayerVerdict.Send : LayerVerdict.Drop;
    }

    private void NotePacket(MediaPacket packet)
    {
        ref readonly var payload = ref packet.PayloadInfo;
        var number = payload.Dependencies.FrameNumber;
        _frames.OnPacket(number, packet.Info.SequenceNumber, payload.IsStartOfFrame, payload.IsEndOfFrame);
        _chains.OnPacket(number, _frames, packet.Info.ReceivedAt);
    }

    /// <summary>A coded video sequence begins: everything can be had. What comes late from before it is of the layers of its time.</summary>
    private void Begin(MediaPacket packet)
    {
        var frame = packet.PayloadInfo.Dependencies;
        if (frame.Structure != Known || !_frames.IsNewer(frame.FrameNumber))
        {
            _frames.Begin((ushort)(frame.FrameNumber - 1));
            _targets.Leave();
        }

        _sequence = frame;
        _chains.Begin(frame.FrameNumber);
        _newestTimestamp = _keyTimestamp = packet.Info.Timestamp;
        _hasPictureEnded = false;
        _activeTargets = frame.ActiveTargets;
        GoTo(_targets.Best(Known!, frame.ActiveTargets, chains: null), frame.FrameNumber);
        _namesTargets = false;
        NeedsKeyFrame = false;
    }

    private bool BeginsAnew(MediaPacket packet) =>
        packet.Info.Timestamp.IsNewerThan(_newestTimestamp)
        && (packet.PayloadInfo.Dependencies.Structure != Known || packet.PayloadInfo.Dependencies.Frame.References.Count == 0);

    private FrameFate Decide(MediaPacket packet, in FrameDependencies frame)
    {
        _chains.Expect(frame, _frames, packet.Info.ReceivedAt);
        var isNewer = _frames.IsNewer(frame.FrameNumber);
        if (isNewer)
        {
            var beginsPicture = packet.Info.Timestamp.IsNewerThan(_newestTimestamp);
            _newestTimestamp = beginsPicture ? packet.Info.Timestamp : _newestTimestamp;
            _hasPictureEnded &= !beginsPicture;
            _targets.OnNewest(frame.FrameNumber);
            GoOver(packet, beginsPicture);
        }

        var target = _targets.At(frame.FrameNumber, packet.Info.Timestamp);
        return target != DecodeTargetChoice.None
            && (frame.Frame.IndicationFor(target) != DecodeTargetIndication.NotPresent || OpensSequence(packet, target))
            && !_frames.HasReference(frame, FrameFate.LeftOut)
            && !(isNewer && _chains.IsLost(frame.Structure!.ChainOf(target)))
            ? FrameFate.Kept
            : FrameFate.LeftOut;
    }

    /// <summary>
    /// In S modes the lower layers of a key picture are no part of the target, but only they have the structure and the sequence header, without
    /// which nothing can be read.
    /// </summary>
    private bool OpensSequence(MediaPacket packet, int target)
    {
        var frame = packet.PayloadInfo.Dependencies.Frame;
        return packet.Info.Timestamp == _keyTimestamp && frame.References.Count == 0 && frame.SpatialLayer < Known!.SpatialLayerOf(target);
    }

    /// <summary>Goes to the decode target that suits best, if this frame allows it.</summary>
    private void GoOver(MediaPacket packet, bool beginsPicture)
    {
        var frame = packet.PayloadInfo.Dependencies;
        var structure = frame.Structure!;
        _activeTargets = frame.ActiveTargets;
        var wanted = _targets.Best(structure, frame.ActiveTargets, chains: null);
        var best = _targets.Best(structure, frame.ActiveTargets, _chains);
        if (wanted == _targets.Current && best == _targets.Current)
        {
            _framesWaited = 0;
            NeedsKeyFrame = _chains.IsBroken(structure.ChainOf(_targets.Current));
            return;
        }

        _framesWaited++;
        if (best != _targets.Current && CanGoOver(packet, best, beginsPicture))
        {
            GoTo(best, frame.FrameNumber);
        }

        var missing = structure.SpatialLayerOf(wanted).CompareTo(structure.SpatialLayerOf(_targets.Current));
        if (beginsPicture || missing > 0)
        {
            NeedsKeyFrame = missing != 0 || _framesWaited > MaxFramesToWait || _chains.IsBroken(structure.ChainOf(_targets.Current));
        }
    }

    private bool CanGoOver(MediaPacket packet, int target, bool beginsPicture)
    {
        var frame = packet.PayloadInfo.Dependencies;
        var structure = frame.Structure!;
        var indication = frame.Frame.IndicationFor(target);
        var isDown = structure.SpatialLayerOf(target) <= structure.SpatialLayerOf(_targets.Current)
            && structure.TemporalLayerOf(target) <= structure.TemporalLayerOf(_targets.Current);
        var isPoint = isDown ? beginsPicture : indication == DecodeTargetIndication.Switch;
        if (!isPoint || _hasPictureEnded || _frames.HasReference(frame, FrameFate.LeftOut) || _frames.HasReference(frame, FrameFate.Unknown))
        {
            // What is still missing may turn out to be of a layer that was left out.
            return false;
        }

        if (joinsFrames && structure.SpatialLayerOf(target) > structure.SpatialLayerOf(_targets.Current) && _frames.HasReferenceWithin(frame, packet.Info.Timestamp))
        {
            // The lower layer went, or will go, as the last of its picture.
            return false;
        }

        // What leads to this frame within the target must have been sent. What never came does not count: it may itself have needed
        // something that was left out.
        return structure.ChainOf(target) is not (var chain and >= 0)
            || frame.Frame.ChainDistance(chain) is not (var distance and > 0)
            || _frames[(ushort)(frame.FrameNumber - distance)] == FrameFate.Kept;
    }

    /// <summary>
    /// Joins the frame to those of the picture's other layers: the lower one to which it refers, and a higher one that is to come. In key pictures
    /// all are joined, also those of S modes, which refer to none.
    /// </summary>
    private PayloadRewrite Join(MediaPacket packet, bool mayGoOn)
    {
        ref readonly var payload = ref packet.PayloadInfo;
        var hasLower = payload.Dependencies.Frame.SpatialLayer > 0
            && (packet.Info.Timestamp == _keyTimestamp || _frames.HasReferenceWithin(payload.Dependencies, packet.Info.Timestamp));
        return PayloadRewrite.Av1Join(
            continues: payload.IsStartOfFrame && hasLower, isContinued: payload.IsEndOfFrame && mayGoOn);
    }

    private void GoTo(int target, ushort since)
    {
        _targets.GoTo(target, since, _newestTimestamp);
        _framesWaited = 0;
        Current = new LayerPair((short)Known!.SpatialLayerOf(target), (short)Known.TemporalLayerOf(target));
    }

    /// <summary>Once the receiver lacks something, each frame says what it gets, until a new structure says it anew.</summary>
    private PayloadRewrite NameTargets(in FrameDependencies frame, int target)
    {
        var available = frame.ActiveTargets & frame.Structure!.TargetsWithin(target);
        _namesTargets |= available != frame.ActiveTargets;
        return _namesTargets ? PayloadRewrite.OfActiveTargets(available) : default;
    }
}
