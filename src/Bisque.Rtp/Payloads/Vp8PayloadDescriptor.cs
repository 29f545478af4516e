using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>The VP8 payload descriptor at the start of each payload (RFC 7741 section 4.2).</summary>
public readonly record struct Vp8PayloadDescriptor
{
    /// <summary>The most bytes that a descriptor can have.</summary>
    public const int LargestLength = 6;

    /// <summary>Bytes of the descriptor in the payload that it was read from.</summary>
    public int Length { get; private init; }

    /// <summary>N: the frame can be left out without harm to others.</summary>
    public bool IsNonReference { get; init; }

    /// <summary>S: a VP8 partition starts with this payload.</summary>
    public bool IsPartitionStart { get; init; }

    /// <summary>PID: the partition, 0 to 7.</summary>
    public byte PartitionIndex { get; init; }

    /// <summary>I: a PictureID is present.</summary>
    public bool HasPictureId { get; init; }

    /// <summary>M: the PictureID has 15 bits in two bytes rather than 7 in one.</summary>
    public bool HasLongPictureId { get; init; }

    /// <summary>The PictureID, 7 or 15 bits; 0 when there is none.</summary>
    public ushort PictureId { get; init; }

    /// <summary>L: a TL0PICIDX is present.</summary>
    public bool HasTl0PictureIndex { get; init; }

    /// <summary>TL0PICIDX: counts the frames of the base temporal layer.</summary>
    public byte Tl0PictureIndex { get; init; }

    /// <summary>T: a temporal layer is present.</summary>
    public bool HasTemporalLayer { get; init; }

    /// <summary>TID: the temporal layer, 0 to 3.</summary>
    public byte TemporalLayer { get; init; }

    /// <summary>Y: the frame depends on the base layer only.</summary>
    public bool IsLayerSync { get; init; }

    /// <summary>K: a KEYIDX is present.</summary>
    public bool HasKeyIndex { get; init; }

    /// <summary>KEYIDX: counts the key frames modulo 32.</summary>
    public byte KeyIndex { get; init; }

    /// <summary>Whether a key frame starts here: first partition, and P = 0 in the VP8 payload header (RFC 7741 section 4.3).</summary>
    public bool IsKeyFrame { get; private init; }

    /// <summary>Reads the descriptor at the start of a payload; false when it does not fit into it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out Vp8PayloadDescriptor descriptor)
    {
        descriptor = default;
        var reader = new ByteReader(payload);
        if (!reader.TryReadByte(out var first))
        {
            return false;
        }

        byte flags = 0;
        if ((first & 0x80) != 0 && !reader.TryReadByte(out flags))
        {
            return false;
        }

        if (!TryReadPictureId(ref reader, flags, out var pictureId, out var isLong))
        {
            return false;
        }

        byte tl0PictureIndex = 0;
        byte layers = 0;
        if (((flags & 0x40) != 0 && !reader.TryReadByte(out tl0PictureIndex))
            || ((flags & 0x30) != 0 && !reader.TryReadByte(out layers)))
        {
            return false;
        }

        var isPartitionStart = (first & 0x10) != 0;
        var partition = (byte)(first & 0x07);
        var hasTemporalLayer = (flags & 0x20) != 0;
        var hasKeyIndex = (flags & 0x10) != 0;
        descriptor = new Vp8PayloadDescriptor
        {
            Length = reader.Position,
            IsNonReference = (first & 0x20) != 0,
            IsPartitionStart = isPartitionStart,
            PartitionIndex = partition,
            HasPictureId = (flags & 0x80) != 0,
            HasLongPictureId = isLong,
            PictureId = pictureId,
            HasTl0PictureIndex = (flags & 0x40) != 0,
            Tl0PictureIndex = tl0PictureIndex,
            HasTemporalLayer = hasTemporalLayer,
            TemporalLayer = hasTemporalLayer ? (byte)(layers >> 6) : (byte)0,
            IsLayerSync = hasTemporalLayer && (layers & 0x20) != 0,
            HasKeyIndex = hasKeyIndex,
            KeyIndex = hasKeyIndex ? (byte)(layers & 0x1f) : (byte)0,
            IsKeyFrame = isPartitionStart && partition == 0 && !reader.Rest.IsEmpty && (reader.Rest[0] & 0x01) == 0,
        };
        return true;
    }

    /// <summary>Writes the descriptor to at least <see cref="LargestLength"/> bytes; returns its length.</summary>
    public int Write(Span<byte> destination)
    {
        var flags = (HasPictureId ? 0x80 : 0) | (HasTl0PictureIndex ? 0x40 : 0) | (HasTemporalLayer ? 0x20 : 0) | (HasKeyIndex ? 0x10 : 0);
        var writer = new ByteWriter(destination);
        writer.WriteByte((byte)((flags != 0 ? 0x80 : 0)
            | (IsNonReference ? 0x20 : 0)
            | (IsPartitionStart ? 0x10 : 0)
            | (PartitionIndex & 0x07)));
        if (flags == 0)
        {
            return writer.Position;
        }

        writer.WriteByte((byte)flags);
        if (HasPictureId && HasLongPictureId)
        {
            writer.WriteUInt16((ushort)(0x8000 | PictureId));
        }
        else if (HasPictureId)
        {
            writer.WriteByte((byte)(PictureId & 0x7f));
        }

        if (HasTl0PictureIndex)
        {
            writer.WriteByte(Tl0PictureIndex);
        }

        if (HasTemporalLayer || HasKeyIndex)
        {
            writer.WriteByte((byte)((TemporalLayer << 6) | (IsLayerSync ? 0x20 : 0) | (KeyIndex & 0x1f)));
        }

        return writer.Position;
    }

    private static bool TryReadPictureId(ref ByteReader reader, byte flags, out ushort pictureId, out bool isLong)
    {
        pictureId = 0;
        isLong = false;
        if ((flags & 0x80) == 0)
        {
            return true;
        }

        if (reader.Rest.IsEmpty)
        {
            return false;
        }

        isLong = (reader.Rest[0] & 0x80) != 0;
        if (isLong)
        {
            var fits = reader.TryReadUInt16(out pictureId);
            pictureId &= 0x7fff;
            return fits;
        }

        var read = reader.TryReadByte(out var id);
        pictureId = id;
        return read;
    }
}
