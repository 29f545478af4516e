using System.Buffers.Binary;

namespace Bisque.LoadTest.Media;

/// <summary>
/// What payloads are filled with behind room for a codec's descriptor: a number of their own and a fixed pattern, so that a receiver can
/// tell that what it decrypted is what was sent.
/// </summary>
internal static class TestPattern
{
    /// <summary>Bytes of every payload.</summary>
    public const int PayloadLength = 1200;

    /// <summary>Bytes at the beginning for the codec's descriptor and first bytes, which a worker may rewrite.</summary>
    public const int HeadRoom = 12;

    private const int PatternOffset = HeadRoom + sizeof(uint);

    private static readonly byte[] Pattern = Make();

    public static byte[] CreatePayload() => [.. Pattern];

    public static void SetNumber(byte[] payload, uint number) => BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(HeadRoom), number);

    /// <summary>Whether a received payload is one of ours, apart from the descriptor.</summary>
    public static bool IsGenuine(ReadOnlySpan<byte> payload) =>
        payload.Length == PayloadLength && payload[PatternOffset..].SequenceEqual(Pattern.AsSpan(PatternOffset));

    private static byte[] Make()
    {
        var pattern = new byte[PayloadLength];
        var state = 12345u;
        foreach (ref var value in pattern.AsSpan())
        {
            state = state * 1664525 + 1013904223;
            value = (byte)(state >> 24);
        }

        return pattern;
    }
}
