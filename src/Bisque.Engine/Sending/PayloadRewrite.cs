using Bisque.Rtp;

namespace Bisque.Engine.Sending;

/// <summary>
/// What is different in a packet's payload or descriptors for one receiver, in eight bytes: small enough to be kept for each packet sent, so that it
/// can be sent again in the very same form.
/// </summary>
/// <param name="State">0 for nothing; else the kind in the highest byte and its values below.</param>
internal readonly record struct PayloadRewrite(ulong State)
{
    private const int KindShift = 56;
    private const ulong Vp8Kind = 1;
    private const ulong ActiveTargetsKind = 2;
    private const ulong PaddingKind = 3;
    private const ulong Av1JoinKind = 4;
    private const ulong HasTl0 = 1 << 24;
    private const ulong Continues = 1;
    private const ulong IsContinued = 2;

    /// <summary>Padding in place of the payload: a packet that has its number for what the receiver does not get (RFC 3550 section 5.1).</summary>
    public static PayloadRewrite Padding => new(PaddingKind << KindShift);

    /// <summary>Whether the packet is padding only.</summary>
    public bool IsPadding => State >> KindShift == PaddingKind;

    /// <summary>The decode targets to name as the active ones in the dependency descriptor; null to leave it as it is.</summary>
    public uint? ActiveTargets => State >> KindShift == ActiveTargetsKind ? (uint)State : null;

    /// <summary>A VP8 descriptor with another PictureID, of 15 bits, and another TL0PICIDX where it has one.</summary>
    public static PayloadRewrite Vp8(ushort pictureId, byte? tl0PictureIndex) =>
        new((Vp8Kind << KindShift) | (tl0PictureIndex is { } index ? HasTl0 | ((ulong)index << 16) : 0) | pictureId);

    /// <summary>A dependency descriptor with other active decode targets, one bit for each.</summary>
    public static PayloadRewrite OfActiveTargets(uint targets) => new((ActiveTargetsKind << KindShift) | targets);

    /// <summary>An AV1 packet joined to the one before it, the one behind it, or both (<see cref="Av1FrameJoin"/>).</summary>
    public static PayloadRewrite Av1Join(bool continues, bool isContinued) => continues || isContinued
        ? new((Av1JoinKind << KindShift) | (continues ? Continues : 0) | (isContinued ? IsContinued : 0))
        : default;

    /// <summary>Whether <see cref="TryWriteWhole"/> may have to write all of the payload.</summary>
    public bool ChangesWhole => State >> KindShift == Av1JoinKind;

    /// <summary>Writes the whole payload if it differs in more than its beginning.</summary>
    /// <param name="payload">The payload as received.</param>
    /// <param name="destination">Room for the payload and <see cref="Av1FrameJoin.LargestGrowth"/> bytes.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>False when it goes as it is, but for what <see cref="WritePrefix"/> writes.</returns>
    public bool TryWriteWhole(ReadOnlySpan<byte> payload, Span<byte> destination, out int length)
    {
        length = 0;
        return ChangesWhole
            && Av1FrameJoin.TryWrite(payload, (State & Continues) != 0, (State & IsContinued) != 0, destination, out length);
    }

    /// <summary>Writes the payload descriptor if it is another.</summary>
    /// <param name="payload">The payload as received.</param>
    /// <param name="destination">Room for <see cref="Vp8PayloadDescriptor.LargestLength"/> bytes.</param>
    /// <param name="replaced">Bytes of <paramref name="payload"/> that what was written stands for.</param>
    /// <returns>Bytes written.</returns>
    public int WritePrefix(ReadOnlySpan<byte> payload, Span<byte> destination, out int replaced)
    {
        replaced = 0;
        if (IsPadding)
        {
            // One byte, which counts itself.
            replaced = payload.Length;
            destination[0] = 1;
            return 1;
        }

        if (State >> KindShift != Vp8Kind || !Vp8PayloadDescriptor.TryParse(payload, out var descriptor))
        {
            return 0;
        }

        replaced = descriptor.Length;
        return (descriptor with
        {
            PictureId = (ushort)(State & 0x7fff),
            HasLongPictureId = true,
            Tl0PictureIndex = (State & HasTl0) != 0 ? (byte)(State >> 16) : descriptor.Tl0PictureIndex,
        }).Write(destination);
    }
}
