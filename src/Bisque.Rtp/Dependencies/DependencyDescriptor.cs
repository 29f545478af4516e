using System.Buffers.Binary;

namespace Bisque.Rtp;

/// <summary>The fixed part of the dependency descriptor extension (RTP Payload Format For AV1, appendix A.2).</summary>
/// <param name="IsStartOfFrame">The packet is the first of a frame.</param>
/// <param name="IsEndOfFrame">The packet is the last of a frame.</param>
/// <param name="TemplateId">Template that tells the frame's layers and dependencies, 0 to 63.</param>
/// <param name="FrameNumber">Number of the frame, in decoding order.</param>
/// <param name="HasTemplateStructure">The templates themselves are attached, as they are where a coded video sequence begins.</param>
public readonly record struct DependencyDescriptor(
    bool IsStartOfFrame, bool IsEndOfFrame, byte TemplateId, ushort FrameNumber, bool HasTemplateStructure)
{
    private const int MandatoryLength = 3;

    /// <summary>Whether decoding can start at this packet.</summary>
    public bool IsKeyFrame => IsStartOfFrame && HasTemplateStructure;

    /// <summary>Reads an extension's value; false when it is too short to be one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out DependencyDescriptor descriptor)
    {
        if (value.Length < MandatoryLength)
        {
            descriptor = default;
            return false;
        }

        descriptor = new DependencyDescriptor(
            (value[0] & 0x80) != 0,
            (value[0] & 0x40) != 0,
            (byte)(value[0] & 0x3f),
            BinaryPrimitives.ReadUInt16BigEndian(value[1..]),
            value.Length > MandatoryLength && (value[MandatoryLength] & 0x80) != 0);
        return true;
    }
}
