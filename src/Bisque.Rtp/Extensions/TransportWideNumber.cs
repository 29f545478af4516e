using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>
/// The transport-wide sequence number header extension (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 2): one count over all
/// streams of a transport.
/// </summary>
public static class TransportWideNumber
{
    /// <summary>Bytes of the value.</summary>
    public const int Length = 2;

    /// <summary>Reads a value; false unless it has 2 bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out SequenceNumber number)
    {
        var fits = value.Length == Length;
        number = fits ? new SequenceNumber(BinaryPrimitives.ReadUInt16BigEndian(value)) : default;
        return fits;
    }

    /// <summary>Writes the 2 bytes of the value.</summary>
    public static void Write(Span<byte> destination, SequenceNumber number) =>
        BinaryPrimitives.WriteUInt16BigEndian(destination, number.Value);
}
