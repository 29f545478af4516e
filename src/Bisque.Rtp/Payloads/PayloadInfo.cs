namespace Bisque.Rtp;

/// <summary>What the payload of a packet says about itself: travels with the packet, so that no consumer has to look again.</summary>
public readonly record struct PayloadInfo
{
    /// <summary>Whether decoding can start at this packet.</summary>
    public bool IsKeyFrame { get; init; }

    /// <summary>Spatial layer, 0 for codecs without layers.</summary>
    public byte SpatialLayer { get; init; }

    /// <summary>Temporal layer, 0 for codecs without layers.</summary>
    public byte TemporalLayer { get; init; }

    /// <summary>Whether <see cref="TemporalLayer"/> was in the payload.</summary>
    public bool HasTemporalLayer { get; init; }

    /// <summary>VP8 Y bit: the frame depends on the base layer only, so that a receiver can move up to its temporal layer here.</summary>
    public bool IsLayerSync { get; init; }

    /// <summary>VP9 U bit: what follows in higher temporal layers depends on nothing before this picture in layers above its own.</summary>
    public bool IsSwitchingUpPoint { get; init; }

    /// <summary>Whether the packet is the first of a frame of one spatial layer: VP8, VP9, and with a dependency descriptor.</summary>
    public bool IsStartOfFrame { get; init; }

    /// <summary>Whether the packet is the last of a frame of one spatial layer: VP9, and with a dependency descriptor.</summary>
    public bool IsEndOfFrame { get; init; }

    /// <summary>VP9 P bit: the frame depends on earlier pictures.</summary>
    public bool IsInterPicturePredicted { get; init; }

    /// <summary>VP9 D bit: the frame depends on the next lower spatial layer of its picture.</summary>
    public bool IsInterLayerDependent { get; init; }

    /// <summary>VP8: whether the PictureID has 15 bits rather than 7.</summary>
    public bool HasLongPictureId { get; init; }

    /// <summary>Whether the packet is an Opus DTX frame, which carries no sound.</summary>
    public bool IsDtx { get; init; }

    /// <summary>VP8 and VP9: length of the payload descriptor in bytes (255: that or more), 0 when there is none or it is not well formed.</summary>
    public byte DescriptorLength { get; init; }

    /// <summary>VP8 and VP9: the PictureID, 7 or 15 bits; -1 when there is none.</summary>
    public short PictureId { get; init; }

    /// <summary>VP8 and VP9: the TL0PICIDX; -1 when there is none.</summary>
    public short Tl0PictureIndex { get; init; }

    /// <summary>AV1 and H264: what the dependency descriptor says of the frame.</summary>
    public FrameDependencies Dependencies { get; init; }
}
