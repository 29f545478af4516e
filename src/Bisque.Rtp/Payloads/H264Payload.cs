using System.Buffers.Binary;

namespace Bisque.Rtp;

/// <summary>H.264 payloads (RFC 6184 section 5.2).</summary>
public static class H264Payload
{
    private const int SequenceParameterSet = 7;
    private const int SingleTimeAggregationA = 24;
    private const int FragmentationA = 28;
    private const int FragmentationB = 29;
    private const int TypeMask = 0x1f;
    private const int FragmentStart = 0x80;

    /// <summary>
    /// Whether a sequence parameter set begins here: as a NAL unit of its own, inside a STAP-A, or in the first fragment of an FU-A or
    /// FU-B. Senders put one before each key frame, so that decoding can start at it.
    /// </summary>
    public static bool IsKeyFrame(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return false;
        }

        return (payload[0] & TypeMask) switch
        {
            SequenceParameterSet => true,
            SingleTimeAggregationA => HoldsParameterSet(payload[1..]),
            FragmentationA or FragmentationB =>
                payload.Length > 1 && (payload[1] & FragmentStart) != 0 && (payload[1] & TypeMask) == SequenceParameterSet,
            _ => false,
        };
    }

    // RFC 6184 section 5.7.1: each unit has a 16-bit size before it.
    private static bool HoldsParameterSet(ReadOnlySpan<byte> units)
    {
        while (units.Length > 2)
        {
            var size = BinaryPrimitives.ReadUInt16BigEndian(units);
            if (size == 0 || size > units.Length - 2)
            {
                return false;
            }

            if ((units[2] & TypeMask) == SequenceParameterSet)
            {
                return true;
            }

            units = units[(2 + size)..];
        }

        return false;
    }
}
