using System.Buffers.Binary;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>
/// A sender with spatial and temporal layers, as browsers' encoders make them: temporal layers in the order 0 2 1 2, spatial ones that
/// depend on each other in all pictures, or with K-SVC in key pictures only. Each packet names its frame, so that a receiver can be judged.
/// </summary>
internal sealed class LayeredEncoder(
    RtpSource source, string mimeType, int spatialLayers, int temporalLayers, bool isKeySvc = false, bool isIndependent = false, bool keepsTemplateIds = false) : ISentFrames
{
    /// <summary>An encoder for a mode such as <c>L3T3_KEY</c> or <c>S2T1</c>.</summary>
    public static LayeredEncoder Of(RtpSource source, string mimeType, string mode, int packetsPerFrame = 2, bool leavesOut = false) => new(
        source, mimeType, mode[1] - '0', mode[3] - '0', mode.EndsWith("_KEY", StringComparison.Ordinal), mode[0] == 'S')
    { PacketsPerFrame = packetsPerFrame, LeavesOut = leavesOut };

    public const int MarkLength = 6;

    private const byte Mark = 0xa0;

    private readonly LayeredDependencies _dependencies = new(spatialLayers, temporalLayers, isKeySvc, isIndependent, keepsTemplateIds: keepsTemplateIds);
    private int _picture = -1;
    private int _pictureStart;
    private byte _tl0;

    /// <summary>All frames made, by <see cref="EncodedFrame.Id"/>.</summary>
    public List<EncodedFrame> Frames { get; } = [];

    public RtpSource Source => source;

    public bool UsesDescriptor => mimeType is "video/AV1" or "video/H264";

    /// <summary>Which of a sender's encoders it is, 0 to 15.</summary>
    public int Stream { get; init; }

    /// <summary>Packets of each frame.</summary>
    public int PacketsPerFrame { get; init; } = 2;

    /// <summary>Whether layers of single pictures are left out, as encoders do to save bits: of one in two, one or two, whichever.</summary>
    public bool LeavesOut { get; init; }

    /// <summary>How many spatial layers are sent at present.</summary>
    public int ActiveSpatialLayers { get; set; } = spatialLayers;

    /// <summary>The frame that a received payload is of; null for what is none of an encoder's.</summary>
    public static (int Stream, int Frame, int Part)? Identify(ReadOnlySpan<byte> payload) =>
        payload.Length >= MarkLength && (payload[^MarkLength] & 0xf0) == Mark
            ? (payload[^MarkLength] & 0x0f, BinaryPrimitives.ReadInt32BigEndian(payload[^5..]), payload[^1])
            : null;

    /// <summary>Writes what <see cref="Identify"/> reads at the end of a payload.</summary>
    public static void WriteMark(Span<byte> mark, int stream, int frame, int part)
    {
        mark[0] = (byte)(Mark | stream);
        BinaryPrimitives.WriteInt32BigEndian(mark[1..], frame);
        mark[5] = (byte)part;
    }

    IEnumerable<EncodedFrame> ISentFrames.Frames => Frames;

    public EncodedFrame this[int id] => Frames[id];

    public IEnumerable<EncodedFrame> OfPicture(int picture) => Frames.Where(frame => frame.Picture == picture);

    public int PartsOf(int id) => id >= 0 && id < Frames.Count ? PacketsPerFrame : 0;

    public ushort NumberOf(int id) => (ushort)id;

    /// <summary>Makes the next picture.</summary>
    public List<EncodedPacket> Next(bool key)
    {
        _picture++;
        var packets = new List<EncodedPacket>();
        _dependencies.BeginPicture(key || _picture == 0);
        _pictureStart = Frames.Count;
        _tl0 += (byte)(_dependencies.Temporal == 0 ? 1 : 0);
        int[] layers = [.. Enumerable.Range(0, ActiveSpatialLayers).Where(spatial => !LeavesOut || _dependencies.IsKey || IsWanted(spatial))];
        foreach (var spatial in layers)
        {
            var template = _dependencies.NextFrame(spatial);
            var id = _dependencies.FrameId;
            var references = Enumerable.Range(0, template.References.Count).Select(i => id - template.References[i]).ToArray();
            var frame = new EncodedFrame(
                id, _picture, spatial, template.TemporalLayer, _dependencies.IsKey, spatial == layers[^1], references);
            Assert.Equal(Frames.Count, id);
            Frames.Add(frame);
            for (var part = 0; part < PacketsPerFrame; part++)
            {
                packets.Add(new EncodedPacket(frame, Packet(frame, part)));
            }
        }

        return packets;
    }

    /// <summary>All combinations of layers that are left take their turns with whole pictures.</summary>
    private bool IsWanted(int spatial) => _picture % 2 == 0 || ((1 + (_picture / 2 * 5 % ((1 << ActiveSpatialLayers) - 1))) & (1 << spatial)) != 0;

    private byte[] Packet(EncodedFrame frame, int part)
    {
        var begins = part == 0;
        var ends = part == PacketsPerFrame - 1;
        byte[] head = mimeType switch
        {
            "video/VP8" => Vp8(frame, begins),
            "video/VP9" => Vp9(frame, begins, ends),
            "video/AV1" => Av1(frame, begins, ends, (frame.Id + part) % 4),
            _ => frame.IsKey && begins ? [0x67, 0x42] : [0x41, 0x9a],
        };
        var payload = new byte[head.Length + 40 + MarkLength];
        head.CopyTo(payload, 0);
        WriteMark(payload.AsSpan(payload.Length - MarkLength), Stream, frame.Id, part);
        (byte, byte[])[] extensions = UsesDescriptor ? [(Media.Sent.DependencyDescriptor, _dependencies.Descriptor(begins, ends))] : [];
        return source.Part(payload, begins && frame.Id == _pictureStart, ends && frame.IsLast, extensions);
    }

    private byte[] Vp8(EncodedFrame frame, bool begins)
    {
        // A key frame or one of the two sync frames of the pattern depends on the base layer only.
        var isSync = frame.Temporal > 0 && frame.References.All(reference => Frames[reference].Temporal == 0);
        var pictureId = frame.Picture & 0x7fff;
        return
        [
            (byte)(0x80 | (begins ? 0x10 : 0)),
            0xe0,
            (byte)(0x80 | (pictureId >> 8)),
            (byte)pictureId,
            _tl0,
            (byte)((frame.Temporal << 6) | (isSync ? 0x20 : 0)),
            (byte)(frame.IsKey ? 0 : 1),
        ];
    }

    /// <summary>
    /// One to three elements, counted by W, or with W = 0 three with a length each. As browsers do, the encoder splits an OBU at the end of each
    /// packet but a frame's last.
    /// </summary>
    private static byte[] Av1(EncodedFrame frame, bool begins, bool ends, int elementCount)
    {
        var header = (byte)((begins ? 0 : 0x80) | (ends ? 0 : 0x40) | (elementCount << 4) | (frame.IsKey && frame.Spatial == 0 && begins ? 0x08 : 0));
        byte[] others = [.. Enumerable.Repeat<byte[]>([2, 0x32, 0x0a], (elementCount + 2) % 3).SelectMany(element => element)];
        return elementCount == 0 ? [header, 2, 0x32, 0x0a, .. others, 1 + 40 + MarkLength, 0x32] : [header, .. others, 0x32];
    }

    private byte[] Vp9(EncodedFrame frame, bool begins, bool ends)
    {
        var pictureId = frame.Picture & 0x7fff;
        var isLayerDependent = frame.Spatial > 0 && !isIndependent && (frame.IsKey || !isKeySvc);
        return
        [
            (byte)(0xa0 | (frame.IsKey ? 0 : 0x40) | (begins ? 0x08 : 0) | (ends ? 0x04 : 0)),
            (byte)(0x80 | (pictureId >> 8)),
            (byte)pictureId,
            (byte)((frame.Temporal << 5) | 0x10 | (frame.Spatial << 1) | (isLayerDependent ? 1 : 0)),
            _tl0,
        ];
    }
}
