namespace Bisque.Rtp;

/// <summary>
/// Makes one frame, for receivers that go by fragments, of the frames that the spatial layers of an AV1 temporal unit are. A receiver that has
/// no dependency descriptor takes a packet that continues no OBU for the first of a frame, and one of which no OBU is continued for the last.
/// So the last packet of one layer gets the first byte of an empty padding OBU appended, and the first packet of the next layer begins
/// with the byte that is its rest. Decoders pass over padding (AV1 specification, section 5.9).
/// </summary>
public static class Av1FrameJoin
{
    /// <summary>The most bytes that a payload of up to 16,383 bytes grows by: two elements with lengths, and a length for what was the last.</summary>
    public const int LargestGrowth = 6;

    /// <summary>obu_header of type 15, OBU_PADDING, without extension and size (section 5.3.2).</summary>
    private const byte PaddingHeader = 0x78;

    /// <summary>No padding bytes, and the trailing bits that close an OBU (section 5.3.4).</summary>
    private const byte PaddingEnd = 0x80;

    /// <summary>Writes a payload with one more element before or behind the others, or both.</summary>
    /// <param name="payload">The payload as received, from the aggregation header on.</param>
    /// <param name="continues">Whether it is to go on with the padding that the packet before begins. It begins no sequence then.</param>
    /// <param name="isContinued">Whether it is to begin padding with which the next packet goes on.</param>
    /// <param name="destination">Room for the payload and <see cref="LargestGrowth"/> bytes.</param>
    /// <param name="length">Bytes written; 0 when there are none.</param>
    /// <returns>
    /// False when nothing is to be joined: the payload is not well formed, has a fragment already where one is to be, or there is no room.
    /// </returns>
    public static bool TryWrite(ReadOnlySpan<byte> payload, bool continues, bool isContinued, Span<byte> destination, out int length)
    {
        length = 0;
        if (destination.Length < payload.Length + LargestGrowth || !TryFindLastElement(payload, out var last))
        {
            return false;
        }

        var header = new Av1AggregationHeader(payload[0]);
        if ((continues && header.Continues) || (isContinued && header.IsContinued))
        {
            return false;
        }

        var joined = Join(header, continues, isContinued);
        destination[length++] = joined.Value;
        if (continues)
        {
            destination[length++] = 1;
            destination[length++] = PaddingEnd;
        }

        payload[1..last].CopyTo(destination[length..]);
        length += last - 1;
        if (header.ElementCount > 0 && (isContinued || joined.ElementCount == 0))
        {
            length += Leb128.Write(payload.Length - last, destination[length..]);
        }

        payload[last..].CopyTo(destination[length..]);
        length += payload.Length - last;
        if (isContinued)
        {
            if (joined.ElementCount == 0)
            {
                destination[length++] = 1;
            }

            destination[length++] = PaddingHeader;
        }

        return true;
    }

    private static Av1AggregationHeader Join(Av1AggregationHeader header, bool continues, bool isContinued)
    {
        var count = header.ElementCount + (continues ? 1 : 0) + (isContinued ? 1 : 0);
        return header with
        {
            Continues = header.Continues || continues,
            IsContinued = header.IsContinued || isContinued,
            ElementCount = header.ElementCount == 0 || count > Av1AggregationHeader.MaxElementCount ? 0 : count,
            BeginsSequence = header.BeginsSequence && !continues,
        };
    }

    /// <summary>Checks every length. Finds where the last element begins: behind its length, if it has one.</summary>
    private static bool TryFindLastElement(ReadOnlySpan<byte> payload, out int last)
    {
        last = 1;
        if (payload.Length <= last)
        {
            return false;
        }

        var count = new Av1AggregationHeader(payload[0]).ElementCount;
        for (var element = 1; element != count; element++)
        {
            if (!Leb128.TryRead(payload[last..], out var elementLength, out var size) || elementLength > payload.Length - last - size)
            {
                return false;
            }

            last += size;
            if (count == 0 && last + elementLength == payload.Length)
            {
                return true;
            }

            last += elementLength;
        }

        return true;
    }
}
