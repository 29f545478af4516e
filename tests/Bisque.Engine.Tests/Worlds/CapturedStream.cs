using System.Buffers.Binary;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>
/// A stream of a recording, understood frame by frame, and ready to be sent as the peer of a <see cref="LayeredCall"/> sends. Each payload gets a
/// mark at its end that names the frame.
/// </summary>
internal sealed class CapturedStream : ISentFrames
{
    private readonly int _stream;
    private readonly PayloadCodec _codec;
    private readonly byte _descriptorId;
    private readonly DependencyDescriptorReader _dependencies = new();
    private readonly Dictionary<int, EncodedFrame> _frames = [];
    private readonly Dictionary<int, int> _parts = [];
    private readonly Dictionary<(int Picture, int Spatial), int> _byLayer = [];
    private readonly int[] _newestOfTemporal = new int[8];
    private ushort? _firstNumber;
    private uint? _firstTimestamp;
    private int _newestId = -1;

    public CapturedStream(RtpCapture capture, int stream)
    {
        _stream = stream;
        _codec = Enum.Parse<PayloadCodec>(capture.Description.MimeType.Split('/')[1], ignoreCase: true);
        _descriptorId = capture.ExtensionId(RtpHeaderExtensionUri.DependencyDescriptor.Text());
        foreach (var packet in capture.Of(stream))
        {
            Packets.Add(Take(packet));
        }
    }

    /// <summary>The packets with the time at which they came, in microseconds.</summary>
    public List<(long At, EncodedPacket Packet)> Packets { get; } = [];

    public IEnumerable<EncodedFrame> Frames => _frames.Values;

    public EncodedFrame this[int id] => _frames[id];

    public IEnumerable<EncodedFrame> OfPicture(int picture) => _frames.Values.Where(frame => frame.Picture == picture);

    public int PartsOf(int id) => _parts.GetValueOrDefault(id);

    public ushort NumberOf(int id) => (ushort)((_firstNumber ?? 0) + id);

    private (long At, EncodedPacket Packet) Take(CapturedPacket captured)
    {
        Assert.True(RtpPacket.TryParse(captured.Bytes, out var packet));
        packet.TryGetExtension(_descriptorId, out var descriptor);
        var info = PayloadInspector.Inspect(_codec, packet.Payload, descriptor, _dependencies, packet.SequenceNumber);
        _firstTimestamp ??= packet.Timestamp.Value;

        // Pictures are told apart by their timestamps, which count the same in all streams of a sender.
        var picture = (int)(packet.Timestamp.Value - _firstTimestamp.Value);
        var id = Identify(info, picture);
        if (!_frames.ContainsKey(id))
        {
            _frames.Add(id, new EncodedFrame(id, picture, info.SpatialLayer, info.TemporalLayer, IsOfKeyPicture(info, picture), packet.Marker, References(id, picture, info, packet.Payload)));
            _byLayer[(picture, info.SpatialLayer)] = id;
            _newestId = Math.Max(_newestId, id);
            NoteTemporal(id, info, packet.Payload);
        }

        var part = _parts[id] = _parts.GetValueOrDefault(id) + 1;
        return (captured.Microseconds, new EncodedPacket(_frames[id], Write(packet, descriptor, id, part - 1)));
    }

    private int Identify(in PayloadInfo info, int picture)
    {
        if (info.Dependencies.IsPresent)
        {
            _firstNumber ??= info.Dependencies.FrameNumber;
            return (ushort)(info.Dependencies.FrameNumber - _firstNumber.Value);
        }

        return _byLayer.TryGetValue((picture, info.SpatialLayer), out var known) ? known : _newestId + 1;
    }

    private bool IsOfKeyPicture(in PayloadInfo info, int picture) =>
        info.IsKeyFrame || (_byLayer.TryGetValue((picture, 0), out var below) && info.SpatialLayer > 0 && _frames[below].IsKey);

    private int[] References(int id, int picture, in PayloadInfo info, ReadOnlySpan<byte> payload)
    {
        var references = new List<int>();
        if (info.Dependencies.IsPresent)
        {
            var frame = info.Dependencies.Frame;
            references.AddRange(Enumerable.Range(0, frame.References.Count).Select(i => id - frame.References[i]));
        }
        else if (_codec == PayloadCodec.Vp9 && Vp9PayloadDescriptor.TryParse(payload, out var vp9))
        {
            var spatial = info.SpatialLayer;
            var pictures = _byLayer.Keys.Select(key => key.Picture).Where(before => before < picture).Distinct().Order().ToArray();
            references.AddRange(Enumerable.Range(0, vp9.References.Count).Select(i => _byLayer[(pictures[^vp9.References[i]], spatial)]));
            references.AddRange(vp9.IsInterLayerDependent ? [_byLayer[(picture, spatial - 1)]] : Array.Empty<int>());
        }
        else if (_codec == PayloadCodec.Vp8 && !info.IsKeyFrame)
        {
            // What the descriptor allows it to refer to (RFC 7741 section 4.2): the base layer, and without Y the layers up to its own.
            var highest = info.IsLayerSync ? 0 : info.TemporalLayer;
            references.AddRange(_newestOfTemporal.AsSpan(0, highest + 1).ToArray().Where(reference => reference >= 0));
        }

        Assert.All(references, reference => Assert.True(_frames.ContainsKey(reference)));
        return [.. references];
    }

    private void NoteTemporal(int id, in PayloadInfo info, ReadOnlySpan<byte> payload)
    {
        if (info.IsKeyFrame)
        {
            Array.Fill(_newestOfTemporal, -1);
        }

        if (_codec == PayloadCodec.Vp8 && Vp8PayloadDescriptor.TryParse(payload, out var vp8) && !vp8.IsNonReference)
        {
            _newestOfTemporal[info.TemporalLayer] = id;
        }
    }

    private byte[] Write(in RtpPacket packet, ReadOnlySpan<byte> descriptor, int id, int part)
    {
        var bytes = new byte[1500];
        var writer = new RtpHeaderWriter(
            bytes, packet.Marker, Media.VideoPayloadType, packet.SequenceNumber, packet.Timestamp, new Ssrc(LayeredMedia.Ssrc(_stream)));
        if (!descriptor.IsEmpty)
        {
            writer.AddExtension(Media.Sent.DependencyDescriptor, descriptor);
        }

        var headerLength = writer.Finish();
        var mark = new byte[LayeredEncoder.MarkLength];
        LayeredEncoder.WriteMark(mark, _stream, id, part);
        return [.. bytes[..headerLength], .. packet.Payload, .. mark];
    }
}
