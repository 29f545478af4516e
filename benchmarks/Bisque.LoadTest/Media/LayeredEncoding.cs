using Bisque.Engine.Tests.Worlds;

namespace Bisque.LoadTest.Media;

/// <summary>
/// One stream of a layered sender: three temporal layers, and spatial ones that depend on each other in all pictures, or with K-SVC in key
/// pictures only. Writes what a worker reads of a payload, and leaves the rest to be filled.
/// </summary>
internal sealed class LayeredEncoding(LayerShape shape)
{
    private const int RememberedFrames = 64;

    private readonly LayeredDependencies _dependencies = new(shape.SpatialLayers, LayerShape.TemporalLayers, shape.IsKeySvc);
    private readonly int[] _temporalOf = new int[RememberedFrames];
    private int _pictureId;
    private int _spatial;
    private byte _tl0;
    private bool _isSync;

    public void BeginPicture(bool isKey)
    {
        _dependencies.BeginPicture(isKey);
        _pictureId = (_pictureId + 1) & 0x7fff;
        _tl0 += (byte)(_dependencies.Temporal == 0 ? 1 : 0);
    }

    /// <summary>Begins the picture's frame of the next spatial layer.</summary>
    public void BeginFrame(int spatial)
    {
        _spatial = spatial;
        var references = _dependencies.NextFrame(spatial).References;
        var frame = _dependencies.FrameId;
        _temporalOf[frame % RememberedFrames] = _dependencies.Temporal;
        _isSync = _dependencies.Temporal > 0;
        for (var i = 0; i < references.Count; i++)
        {
            _isSync &= _temporalOf[(frame - references[i] + RememberedFrames) % RememberedFrames] == 0;
        }
    }

    /// <summary>Writes the beginning of the payload of one packet of the frame; returns its dependency descriptor, if it has one.</summary>
    public ReadOnlyMemory<byte> Write(Span<byte> payload, bool begins, bool ends)
    {
        switch (shape.MimeType)
        {
            case "video/VP8":
                WriteVp8(payload, begins);
                break;
            case "video/VP9":
                WriteVp9(payload, begins, ends);
                break;
            case "video/AV1":
                WriteAv1(payload, begins, ends);
                break;
            default:
                // One NAL unit a packet (RFC 6184 section 5.6): a sequence parameter set opens a key frame.
                payload[0] = (byte)(!_dependencies.IsKey ? 0x41 : begins ? 0x67 : 0x65);
                break;
        }

        return shape.HasDependencyDescriptor ? _dependencies.Descriptor(begins, ends) : default;
    }

    // RFC 7741 section 4.2: X and S; I, L, T; 15 bits of picture id; TL0PICIDX; TID and Y; the frame header's first byte.
    private void WriteVp8(Span<byte> payload, bool begins)
    {
        payload[0] = (byte)(0x80 | (begins ? 0x10 : 0));
        payload[1] = 0xe0;
        payload[2] = (byte)(0x80 | (_pictureId >> 8));
        payload[3] = (byte)_pictureId;
        payload[4] = _tl0;
        payload[5] = (byte)((_dependencies.Temporal << 6) | (_isSync ? 0x20 : 0));
        payload[6] = (byte)(begins && _dependencies.IsKey ? 0x10 : 0x11);
    }

    // RFC 9628 section 4.2: I, P, L, B, E, V; 15 bits of picture id; TID, U, SID, D; TL0PICIDX; the scalability structure.
    private void WriteVp9(Span<byte> payload, bool begins, bool ends)
    {
        var isKey = _dependencies.IsKey;
        var hasStructure = isKey && begins && _spatial == 0;
        var isLayerDependent = _spatial > 0 && (isKey || !shape.IsKeySvc);
        payload[0] = (byte)(0xa0 | (isKey ? 0 : 0x40) | (begins ? 0x08 : 0) | (ends ? 0x04 : 0) | (hasStructure ? 0x02 : 0));
        payload[1] = (byte)(0x80 | (_pictureId >> 8));
        payload[2] = (byte)_pictureId;
        payload[3] = (byte)((_dependencies.Temporal << 5) | 0x10 | (_spatial << 1) | (isLayerDependent ? 1 : 0));
        payload[4] = _tl0;
        if (hasStructure)
        {
            payload[5] = (byte)((shape.SpatialLayers - 1) << 5);
        }
    }

    // The AV1 payload's aggregation header: Z and Y say that an OBU goes on over packets, W that there is one, N begins a sequence.
    private void WriteAv1(Span<byte> payload, bool begins, bool ends)
    {
        const byte FrameObu = 6 << 3;
        var beginsSequence = _dependencies.IsKey && begins && _spatial == 0;
        payload[0] = (byte)((begins ? 0 : 0x80) | (ends ? 0 : 0x40) | 0x10 | (beginsSequence ? 0x08 : 0));
        payload[1] = begins ? FrameObu : payload[1];
    }
}
