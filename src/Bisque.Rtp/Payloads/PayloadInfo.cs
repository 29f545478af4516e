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

    /// <summary>Whether the packet is an Opus DTX frame, which carries no sound.</summary>
    public bool IsDtx { get; init; }

    /// <summary>VP8 and VP9: length of the payload descriptor in bytes (255: that or more), 0 when there is none or it is not well formed.</summary>
    public byte DescriptorLength { get; init; }

    /// <summary>VP8 and VP9: the PictureID, 7 or 15 bits; -1 when there is none.</summary>
    public short PictureId { get; init; }

    /// <summary>VP8: the TL0PICIDX; -1 when there is none.</summary>
    public short Tl0PictureIndex { get; init; }
}
