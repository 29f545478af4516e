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
    /// <summary>
    /// A sender whose frames let nobody go over is asked for a key frame after so many. A frame that is missing is waited for no longer, either.
    /// </summary>
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
    private MonotonicTime _now;
    private bool _namesTargets;
    private bool _hasPictureEnded;
    private bool _isHolding;

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
        _isHolding = false;
        NeedsKeyFrame = false;
        Current = Target;
    }

    public LayerVerdict Take(MediaPacket packet, out LayerOutput output)
    {
        ref readonly var payload = ref packet.PayloadInfo;
        var frame = payload.Dependencies;
        _now = MonotonicTime.Max(_now, packet.Info.ReceivedAt);
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
        var tellsOfHeld = beginsSequence;
        if (fate == FrameFate.Unknown)
        {
            fate = Decide(packet, frame);
            _frames.Note(frame.FrameNumber, fate, packet.Info.Timestamp);
            (tellsOfHeld, _isHolding) = (beginsSequence || _isHolding, false);
        }

        output = output with { TellsOfHeld = tellsOfHeld };
        if (fate != FrameFate.Kept)
        {
            NotePacket(packet);
            return LayerVerdict.Drop;
        }

        var target = _targets.At(frame.FrameNumber, packet.Info.Timestamp);
        if (!TryTellBeginning(packet, target, out var continues) | !TryTellEnd(packet, target, out var ends))
        {
            _isHolding = true;
            return LayerVerdict.Hold;
        }

        NotePacket(packet);
        if (_frames[frame.FrameNumber] != FrameFate.Kept)
        {
            return LayerVerdict.Drop;
        }

        var rewrite = joinsFrames ? PayloadRewrite.Av1Join(continues, isContinued: payload.IsEndOfFrame && !ends)
            : payload.IsStartOfFrame ? NameTargets(frame, target)
            : default;
        output = output with { Marker = ends, Rewrite = rewrite };
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

        if (joinsFrames && structure.SpatialLayerOf(target) > structure.SpatialLayerOf(_targets.Current) && !beginsPicture)
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
    /// Whether a packet goes on with the picture of the frame before it, for a receiver that gets both as one frame. That may depend on a frame of
    /// which nothing has come: false until then.
    /// </summary>
    private bool TryTellBeginning(MediaPacket packet, int target, out bool continues)
    {
        ref readonly var payload = ref packet.PayloadInfo;
        continues = false;
        var frame = payload.Dependencies;
        if (!joinsFrames || !payload.IsStartOfFrame || frame.Frame.SpatialLayer == 0)
        {
            return true;
        }

        var hasBase = frame.Structure!.HasBase(target);
        if (packet.Info.Timestamp == _keyTimestamp || (!hasBase && _frames.RefersOnlyTo(frame, packet.Info.Timestamp)))
        {
            // Of a key picture all layers go, also those of S modes, which refer to none.
            continues = true;
            return true;
        }

        if (!hasBase)
        {
            return true;
        }

        // Not references tell it: encoders leave out layers of single pictures, and those above then refer to earlier ones.
        var fate = _frames.Before(frame.FrameNumber, packet.Info.SequenceNumber, out var picture);
        continues = fate == FrameFate.Kept && picture == packet.Info.Timestamp;
        if (fate == FrameFate.LeftOut && picture == packet.Info.Timestamp)
        {
            // The picture ended below it.
            _frames.Note(frame.FrameNumber, FrameFate.LeftOut, picture);
        }

        return fate != FrameFate.Unknown || TryGiveUp(packet, (ushort)(frame.FrameNumber - 1));
    }

    /// <summary>
    /// Whether a picture ends with a packet, for this receiver. Of the end of a lower layer only the next frame tells: the layer above may be left
    /// out, by the encoder or here. False until something of that one has come: a browser makes nothing of a picture whose end it does not know.
    /// </summary>
    private bool TryTellEnd(MediaPacket packet, int target, out bool ends)
    {
        ref readonly var payload = ref packet.PayloadInfo;
        var frame = payload.Dependencies;
        ends = packet.Info.Marker;
        if (ends || !payload.IsEndOfFrame)
        {
            return true;
        }

        var fate = _frames.Behind(frame.FrameNumber, packet.Info.SequenceNumber, out var picture);
        ends = fate != FrameFate.Kept || picture != packet.Info.Timestamp;
        var isTop = frame.Frame.SpatialLayer >= frame.Structure!.SpatialLayerOf(target);
        return isTop || fate != FrameFate.Unknown || TryGiveUp(packet, (ushort)(frame.FrameNumber + 1));
    }

    /// <summary>
    /// Whether a frame that does not come is waited for no longer; it then comes too late. A receiver of frames that are joined cannot go on
    /// without it.
    /// </summary>
    private bool TryGiveUp(MediaPacket waiting, ushort missing)
    {
        var number = waiting.PayloadInfo.Dependencies.FrameNumber;
        var isTooLate = (!joinsFrames && _now - waiting.Info.ReceivedAt >= ChainWatch.Patience) || _chains.IsFromBefore(number) || _frames.AgeOf(number) > MaxFramesToWait;
        if (isTooLate)
        {
            _frames.Note(missing, FrameFate.LeftOut, waiting.Info.Timestamp);
        }

        return isTooLate;
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
