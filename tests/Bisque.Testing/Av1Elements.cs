namespace Bisque.Testing;

/// <summary>Takes AV1 payloads apart, independently of the code under test.</summary>
public static class Av1Elements
{
    /// <summary>The OBU elements of a payload (RTP Payload Format For AV1, section 4.3).</summary>
    /// <exception cref="FormatException">The payload is not well formed.</exception>
    public static List<byte[]> Of(ReadOnlySpan<byte> payload)
    {
        var elements = new List<byte[]>();
        var count = (payload[0] >> 4) & 3;
        var rest = payload[1..];
        while (count == 0 ? rest.Length > 0 : elements.Count < count)
        {
            var length = elements.Count + 1 == count ? rest.Length : ReadLength(ref rest);
            if (length > rest.Length)
            {
                throw new FormatException("an element goes beyond the end");
            }

            elements.Add(rest[..length].ToArray());
            rest = rest[length..];
        }

        return elements;
    }

    private static int ReadLength(ref ReadOnlySpan<byte> bytes)
    {
        var length = 0L;
        for (var shift = 0; shift < 56; shift += 7)
        {
            if (bytes.IsEmpty)
            {
                break;
            }

            var group = bytes[0];
            bytes = bytes[1..];
            length |= (long)(group & 0x7f) << shift;
            if (group < 0x80)
            {
                return (int)Math.Min(length, int.MaxValue);
            }
        }

        throw new FormatException("a length is cut short");
    }
}
