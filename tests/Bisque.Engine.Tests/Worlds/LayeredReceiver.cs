using Bisque.Rtp;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>
/// A small model of a receiver: puts packets in order, makes frames of them, and says what a decoder would stumble over. What the network
/// lost before the worker is not held against it.
/// </summary>
internal sealed class LayeredReceiver
{
    private readonly ILayeredTransmission _session;
    private readonly string _context;
    private readonly List<(ReceivedRtp Packet, EncodedFrame Frame, int Stream, int Part)> _packets = [];
    private readonly List<int> _numbers = [];
    private readonly HashSet<(int Stream, int Frame, int Part)> _received = [];
    private readonly Dictionary<(int Stream, int Frame), bool> _decodableUpstream = [];
    private readonly HashSet<int> _keyPictures;
    private readonly int _holes;

    public LayeredReceiver(ILayeredTransmission session, string context)
    {
        _session = session;
        _context = context;
        var first = session.Received[0];
        var at = (int)first.SequenceNumber;
        var extended = new List<(int Number, ReceivedRtp Packet)>();
        foreach (var packet in session.Received.Where(packet => packet.Ssrc == first.Ssrc))
        {
            at += (short)(packet.SequenceNumber - (ushort)at);
            extended.Add((at, packet));
        }

        _holes = extended.Max(item => item.Number) - extended.Min(item => item.Number) + 1 - extended.Count;
        foreach (var (number, packet) in extended.OrderBy(item => item.Number))
        {
            if (packet.Payload.Length == 0)
            {
                continue;
            }

            // Of a joined packet, padding is the last element.
            var (stream, frame, part) = LayeredEncoder.Identify(packet.Payload) ?? LayeredEncoder.Identify(Av1Elements.Of(packet.Payload)[^2])!.Value;
            _numbers.Add(number);
            _packets.Add((packet, session.Streams[stream][frame], stream, part));
            True(_received.Add((stream, frame, part)), $"frame {frame} part {part} came twice");
        }

        _keyPictures = [.. _packets.Where(item => item.Frame.IsKey).Select(item => item.Frame.Picture)];
        Equal(extended.Count, extended.DistinctBy(item => item.Number).Count(), "a sequence number was used twice");
    }

    public int FrameCount => _packets.DistinctBy(item => (item.Stream, item.Frame.Id)).Count();

    public IEnumerable<(int Stream, int Id)> Frames => _packets.Select(item => (item.Stream, item.Frame.Id)).Distinct();

    /// <summary>Nothing comes before the first packet of a key frame.</summary>
    public void AssertBeginsWithKeyFrame()
    {
        var (_, frame, _, part) = _packets[0];
        True(frame.IsKey && frame.Spatial == 0 && part == 0, $"the stream begins with {frame}");
    }

    /// <summary>A number that is left out is that of a packet which never reached the worker, or tells of an unfinished frame at a switch.</summary>
    /// <param name="switches">How often another stream was entered.</param>
    public void AssertNoVainHoles(int switches)
    {
        var lost = _session.Streams.SelectMany((sent, stream) => sent.Frames.SelectMany(frame => Parts(stream, frame.Id).Select(part => (stream, frame.Id, part))))
            .Count(packet => !_session.Arrived.Contains(packet));
        // What was still held when the receiver was cut off never goes.
        var held = _session.Streams.SelectMany((sent, stream) => sent.Frames.Where(frame => _session.IsCutShort(frame.Picture) && !IsWholeUpstream(stream, frame.Picture))).Count();
        True(_holes <= lost + switches + held, $"{_holes} numbers were left out, {lost} packets were lost, {switches} switches");
    }

    /// <summary>Packets are in decoding order, timestamps are those of one stream, the marker is where each picture ends.</summary>
    public void AssertOneStream()
    {
        for (var i = 1; i < _packets.Count; i++)
        {
            var (before, after) = (_packets[i - 1], _packets[i]);
            var isSamePicture = before.Stream == after.Stream && before.Frame.Picture == after.Frame.Picture;
            var step = (int)(after.Packet.Timestamp - before.Packet.Timestamp);
            True(isSamePicture ? step == 0 : step > 0, $"{before.Frame} {before.Packet.Timestamp} is followed by {after.Frame} {after.Packet.Timestamp}");
            True(before.Stream != after.Stream || (after.Frame.Id, after.Part).CompareTo((before.Frame.Id, before.Part)) > 0, $"{after.Frame} comes after {before.Frame}");
            var isWhole = IsWholeUpstream(before.Stream, before.Frame.Picture);
            True(!isSamePicture || !before.Packet.Marker || !isWhole, $"a marker within a picture, at {before.Frame}");
            var mayLackEnd = !isWhole || IsSuperseded(before.Stream, before.Frame.Id);
            True(isSamePicture || before.Packet.Marker || mayLackEnd || before.Stream != after.Stream, $"no marker at the end of a picture, at {before.Frame}");
            True(before.Stream == after.Stream || (after.Frame.IsKey && after.Part == 0 && after.Frame.Spatial == 0), $"another stream begins with {after.Frame}");
        }
    }

    /// <summary>
    /// Of recordings, in which pictures are named by their capture: where one stream follows another, timestamps differ by the time between the
    /// captures, or a millisecond where both are of one moment. Returns how often one follows another.
    /// </summary>
    public int AssertTimestampsFollowCapture(TimeSpan tolerance)
    {
        var changes = _packets.Zip(_packets.Skip(1)).Where(pair => pair.First.Stream != pair.Second.Stream).ToArray();
        foreach (var (before, after) in changes)
        {
            var step = (int)(after.Packet.Timestamp - before.Packet.Timestamp);
            var expected = Math.Max(after.Frame.Picture - before.Frame.Picture, 90);
            True(Math.Abs(step - expected) <= tolerance.TotalMilliseconds * 90, $"{after.Frame} follows {before.Frame} by {step} instead of {expected}");
        }

        return changes.Length;
    }

    /// <summary>
    /// No frame needs one that reached the worker and was left out. With dependency descriptors a repair that comes after the next key frame is
    /// none: its descriptor can be read no more, and nobody waits for it.
    /// </summary>
    public void AssertDecodable()
    {
        foreach (var (_, frame, stream, _) in _packets)
        {
            foreach (var reference in frame.References)
            {
                if (!IsSuperseded(stream, reference))
                {
                    AssertNotLeftOut(stream, reference, $"{frame} needs it");
                }
            }
        }
    }

    /// <summary>
    /// While layers were settled, every frame of theirs that reached the worker came; with dependency descriptors, which tell it, every one
    /// that could be decoded.
    /// </summary>
    public void AssertComplete(bool isKeySvc, bool isSimulcast = false, bool isIndependent = false, double least = 0.5)
    {
        True(_session.Settled.Count > _session.Pictures * least, $"layers were settled for {_session.Settled.Count} of {_session.Pictures} pictures");
        foreach (var (picture, layers) in _session.Settled)
        {
            var stream = isSimulcast ? layers.Spatial : 0;
            foreach (var frame in _session.Streams[stream].OfPicture(picture))
            {
                var isOfLayers = frame.Temporal <= layers.Temporal
                    && (isSimulcast || (isIndependent || (isKeySvc && !frame.IsKey) ? frame.Spatial == layers.Spatial : frame.Spatial <= layers.Spatial));
                if (isOfLayers && (!_session.Streams[stream].UsesDescriptor || IsDecodableUpstream(stream, frame)))
                {
                    AssertNotLeftOut(stream, frame.Id, $"layers {layers} were sent");
                }
            }
        }
    }

    /// <summary>VP8: PictureIDs and TL0PICIDX count what the receiver gets.</summary>
    public void AssertPictureNumbers(bool isLossless)
    {
        var pictures = _packets.DistinctBy(item => (item.Stream, item.Frame.Picture)).Select(item =>
        {
            Assert.True(Vp8PayloadDescriptor.TryParse(item.Packet.Payload, out var descriptor));
            return (item.Frame, item.Stream, Descriptor: descriptor);
        }).ToArray();
        for (var i = 1; i < pictures.Length; i++)
        {
            var (before, after) = (pictures[i - 1], pictures[i]);
            var step = (after.Descriptor.PictureId - before.Descriptor.PictureId) & 0x7fff;
            var between = before.Stream == after.Stream ? after.Frame.Picture - before.Frame.Picture : 1;
            True(isLossless ? step == 1 : step >= 1 && step <= Math.Max(between, 1), $"picture {before.Descriptor.PictureId} {before.Frame} is followed by {after.Descriptor.PictureId} {after.Frame}");
            var tl0 = (after.Descriptor.Tl0PictureIndex - before.Descriptor.Tl0PictureIndex) & 0xff;
            True(!isLossless || tl0 == (after.Frame.Temporal == 0 ? 1 : 0), $"TL0PICIDX {before.Descriptor.Tl0PictureIndex} {before.Frame} is followed by {after.Descriptor.Tl0PictureIndex} {after.Frame}");
        }
    }

    /// <summary>
    /// With dependency descriptors: what the receiver is told to be there really comes. Of each active target, the chain that leads to it is
    /// whole.
    /// </summary>
    public void AssertChains(bool mayBeWhole = false)
    {
        var reader = new DependencyDescriptorReader();
        var restricted = 0;
        foreach (var (packet, frame, stream, part) in _packets)
        {
            Assert.True(reader.TryRead(new Primitives.SequenceNumber(packet.SequenceNumber), packet.Extensions[Media.Consumed.DependencyDescriptor], out var descriptor, out var read));
            if (read.Structure is not { } structure || part != 0)
            {
                continue;
            }

            Equal(_session.Streams[stream].NumberOf(frame.Id), descriptor.FrameNumber, "frame number");
            restricted += read.ActiveTargets == structure.AllTargets ? 0 : 1;
            for (var target = 0; target < structure.DecodeTargetCount; target++)
            {
                if ((read.ActiveTargets & (1u << target)) == 0
                    || read.Frame.IndicationFor(target) == DecodeTargetIndication.NotPresent
                    || structure.ChainOf(target) is not (var chain and >= 0)
                    || read.Frame.ChainDistance(chain) is not (var distance and > 0))
                {
                    continue;
                }

                if (!IsSuperseded(stream, frame.Id - distance))
                {
                    AssertNotLeftOut(stream, frame.Id - distance, $"{frame} is of target {target}, which is active");
                }
            }
        }

        True(restricted > 0 || mayBeWhole, "the receiver was never told that something is left out");
    }

    /// <summary>AV1 without descriptors: every picture that came whole is one frame. Returns how many frames there were, and joins within.</summary>
    public (int Frames, int Joins) AssertAssembles()
    {
        var assembler = new Av1Assembler(_context);
        for (var i = 0; i < _packets.Count; i++)
        {
            assembler.Take(_numbers[i], _packets[i].Packet, $"{_packets[i].Frame} part {_packets[i].Part}");
        }

        return (assembler.FrameCount, assembler.JoinCount);
    }

    private bool IsWholeUpstream(int stream, int picture) =>
        _session.Streams[stream].OfPicture(picture).All(frame => Parts(stream, frame.Id).All(part => _session.Arrived.Contains((stream, frame.Id, part))));

    private bool IsDecodableUpstream(int stream, EncodedFrame frame)
    {
        if (!_decodableUpstream.TryGetValue((stream, frame.Id), out var isDecodable))
        {
            isDecodable = Parts(stream, frame.Id).All(part => _session.Arrived.Contains((stream, frame.Id, part)))
                && (!frame.IsKey || HasStructure(stream, frame.Picture))
                && frame.References.All(reference => IsDecodableUpstream(stream, _session.Streams[stream][reference]));
            _decodableUpstream.Add((stream, frame.Id), isDecodable);
        }

        return isDecodable;
    }

    /// <summary>Only the first packet of a key picture has it, and without it nothing is known of the rest.</summary>
    private bool HasStructure(int stream, int picture) =>
        _session.Arrived.Contains((stream, _session.Streams[stream].OfPicture(picture).First().Id, 0));

    /// <summary>A key picture followed before a repair could come.</summary>
    private bool IsSuperseded(int stream, int frame) =>
        _session.Streams[stream].UsesDescriptor
        && _session.Streams[stream][frame].Picture is var picture
        && _keyPictures.Any(key => key > picture && key <= picture + 2 * _session.PictureStep);

    private IEnumerable<int> Parts(int stream, int frame) => Enumerable.Range(0, _session.Streams[stream].PartsOf(frame));

    private void AssertNotLeftOut(int stream, int frame, string why)
    {
        if (_session.IsCutShort(_session.Streams[stream][frame].Picture) && !IsWholeUpstream(stream, _session.Streams[stream][frame].Picture))
        {
            return;
        }

        foreach (var part in Parts(stream, frame))
        {
            True(
                _received.Contains((stream, frame, part)) || !_session.Arrived.Contains((stream, frame, part)),
                $"{_session.Streams[stream][frame]} part {part} was left out: {why}");
        }
    }

    private void True(bool condition, string what) => Assert.True(condition, $"{_context}: {what}");

    private void Equal<T>(T expected, T actual, string what) => True(Equals(expected, actual), $"{what}: {actual} instead of {expected}");
}
