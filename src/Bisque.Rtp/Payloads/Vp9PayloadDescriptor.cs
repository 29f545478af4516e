using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>The VP9 payload descriptor at the start of each payload (RFC 9628 section 4.2).</summary>
public readonly record struct Vp9PayloadDescriptor
{
    private const int MaxReferences = 3;

    /// <summary>Bytes of the descriptor.</summary>
    public int Length { get; private init; }

    /// <summary>I: a picture ID is present.</summary>
    public bool HasPictureId { get; private init; }

    /// <summary>The picture ID, 7 or 15 bits; 0 when there is none.</summary>
    public ushort PictureId { get; private init; }

    /// <summary>P: the frame depends on earlier pictures.</summary>
    public bool IsInterPicturePredicted { get; private init; }

    /// <summary>L: layer indices are present.</summary>
    public bool HasLayers { get; private init; }

    /// <summary>F: flexible mode, in which each packet names what it refers to.</summary>
    public bool IsFlexible { get; private init; }

    /// <summary>B: a frame of one spatial layer starts with this payload.</summary>
    public bool IsStartOfFrame { get; private init; }

    /// <summary>E: a frame of one spatial layer ends with this payload.</summary>
    public bool IsEndOfFrame { get; private init; }

    /// <summary>V: a scalability structure is present.</summary>
    public bool HasScalabilityStructure { get; private init; }

    /// <summary>Z: no later picture refers to this frame for other spatial layers.</summary>
    public bool IsNotReferenceForUpperLayers { get; private init; }

    /// <summary>TID: the temporal layer, 0 to 7.</summary>
    public byte TemporalLayer { get; private init; }

    /// <summary>U: from here on a receiver can move up to this temporal layer.</summary>
    public bool IsSwitchingUpPoint { get; private init; }

    /// <summary>SID: the spatial layer, 0 to 7.</summary>
    public byte SpatialLayer { get; private init; }

    /// <summary>D: the frame depends on the next lower spatial layer of its picture.</summary>
    public bool IsInterLayerDependent { get; private init; }

    /// <summary>TL0PICIDX: counts the pictures of the base temporal layer. In non-flexible mode with layers only; -1 when there is none.</summary>
    public short Tl0PictureIndex { get; private init; }

    /// <summary>P_DIFF: in flexible mode, how far back the pictures are that the frame refers to.</summary>
    public FrameReferences References { get; private init; }

    /// <summary>N_S + 1: spatial layers by the scalability structure; 0 when there is none.</summary>
    public byte StructureSpatialLayers { get; private init; }

    /// <summary>N_G: pictures of the group in the scalability structure; 0 when there is none.</summary>
    public byte StructurePictures { get; private init; }

    /// <summary>
    /// Whether a key picture starts here, at which decoding of all spatial layers can begin: the base layer's first packet of a
    /// picture that depends on no other.
    /// </summary>
    public bool IsKeyFrame => !IsInterPicturePredicted && IsStartOfFrame && SpatialLayer == 0;

    /// <summary>Reads the descriptor at the start of a payload; false when it does not fit into it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out Vp9PayloadDescriptor descriptor)
    {
        descriptor = default;
        var reader = new ByteReader(payload);
        if (!reader.TryReadByte(out var flags))
        {
            return false;
        }

        var isPredicted = (flags & 0x40) != 0;
        var hasLayers = (flags & 0x20) != 0;
        var isFlexible = (flags & 0x10) != 0;
        var hasStructure = (flags & 0x02) != 0;
        ushort pictureId = 0;
        byte layers = 0;
        short tl0PictureIndex = -1;
        FrameReferences references = default;
        byte spatialLayers = 0;
        byte pictures = 0;
        if (((flags & 0x80) != 0 && !TryReadPictureId(ref reader, out pictureId))
            || (hasLayers && !TryReadLayers(ref reader, isFlexible, out layers, out tl0PictureIndex))
            || (isFlexible && isPredicted && !TryReadReferences(ref reader, out references))
            || (hasStructure && !TryReadStructure(ref reader, out spatialLayers, out pictures)))
        {
            return false;
        }

        descriptor = new Vp9PayloadDescriptor
        {
            Length = reader.Position,
            HasPictureId = (flags & 0x80) != 0,
            PictureId = pictureId,
            IsInterPicturePredicted = isPredicted,
            HasLayers = hasLayers,
            IsFlexible = isFlexible,
            IsStartOfFrame = (flags & 0x08) != 0,
            IsEndOfFrame = (flags & 0x04) != 0,
            HasScalabilityStructure = hasStructure,
            IsNotReferenceForUpperLayers = (flags & 0x01) != 0,
            TemporalLayer = (byte)(layers >> 5),
            IsSwitchingUpPoint = (layers & 0x10) != 0,
            SpatialLayer = (byte)((layers >> 1) & 0x07),
            IsInterLayerDependent = (layers & 0x01) != 0,
            Tl0PictureIndex = tl0PictureIndex,
            References = references,
            StructureSpatialLayers = spatialLayers,
            StructurePictures = pictures,
        };
        return true;
    }

    private static bool TryReadPictureId(ref ByteReader reader, out ushort pictureId)
    {
        pictureId = 0;
        if (!reader.TryReadByte(out var first))
        {
            return false;
        }

        if ((first & 0x80) == 0)
        {
            pictureId = first;
            return true;
        }

        if (!reader.TryReadByte(out var second))
        {
            return false;
        }

        pictureId = (ushort)(((first & 0x7f) << 8) | second);
        return true;
    }

    // Without flexible mode, TL0PICIDX follows the indices.
    private static bool TryReadLayers(ref ByteReader reader, bool isFlexible, out byte layers, out short tl0PictureIndex)
    {
        tl0PictureIndex = -1;
        if (!reader.TryReadByte(out layers))
        {
            return false;
        }

        if (isFlexible)
        {
            return true;
        }

        var fits = reader.TryReadByte(out var index);
        tl0PictureIndex = index;
        return fits;
    }

    // P_DIFF with N: another one follows, three at most.
    private static bool TryReadReferences(ref ByteReader reader, out FrameReferences references)
    {
        references = default;
        for (var i = 0; i < MaxReferences; i++)
        {
            if (!reader.TryReadByte(out var reference))
            {
                return false;
            }

            references.TryAdd((ushort)(reference >> 1), out references);
            if ((reference & 0x01) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryReadStructure(ref ByteReader reader, out byte spatialLayers, out byte pictures)
    {
        (spatialLayers, pictures) = (0, 0);
        if (!reader.TryReadByte(out var flags))
        {
            return false;
        }

        spatialLayers = (byte)((flags >> 5) + 1);
        var resolutionBytes = (flags & 0x10) != 0 ? 4 * spatialLayers : 0;
        for (var i = 0; i < resolutionBytes; i++)
        {
            if (!reader.TryReadByte(out _))
            {
                return false;
            }
        }

        if ((flags & 0x08) != 0 && !reader.TryReadByte(out pictures))
        {
            return false;
        }

        for (var i = 0; i < pictures; i++)
        {
            if (!reader.TryReadByte(out var picture))
            {
                return false;
            }

            for (var references = (picture >> 2) & 0x03; references > 0; references--)
            {
                if (!reader.TryReadByte(out _))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
