using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>The payload of a retransmission stream (RFC 4588 section 4): the original sequence number, then the original payload.</summary>
public static class RtxPayload
{
    /// <summary>Bytes of the original sequence number.</summary>
    public const int OriginalSequenceNumberLength = 2;

    /// <summary>
    /// Reads the original sequence number. False when the payload is too short for it, as in packets that are padding only; the original
    /// payload may be empty.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out SequenceNumber original, out ReadOnlySpan<byte> originalPayload)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(payload, out var number))
        {
            original = default;
            originalPayload = default;
            return false;
        }

        original = new SequenceNumber(number);
        originalPayload = payload[OriginalSequenceNumberLength..];
        return true;
    }

    /// <summary>Writes the 2 bytes of the original sequence number.</summary>
    public static void WriteOriginalSequenceNumber(Span<byte> destination, SequenceNumber original) =>
        BinaryPrimitives.WriteUInt16BigEndian(destination, original.Value);
}
