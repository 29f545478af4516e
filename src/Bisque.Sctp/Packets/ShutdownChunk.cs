using System.Buffers.Binary;

namespace Bisque.Sctp.Packets;

/// <summary>SHUTDOWN (RFC 9260 section 3.3.8): its sender has nothing more to send, and says what it has received.</summary>
internal static class ShutdownChunk
{
    /// <summary>Bytes of the chunk.</summary>
    public const int Length = 8;

    /// <summary>False when the chunk is too short.</summary>
    public static bool TryParse(scoped in Chunk chunk, out Tsn cumulativeTsn)
    {
        cumulativeTsn = default;
        if (chunk.Bytes.Length < Length)
        {
            return false;
        }

        cumulativeTsn = new(BinaryPrimitives.ReadUInt32BigEndian(chunk.Bytes[4..]));
        return true;
    }

    /// <summary>Writes the chunk; returns its length.</summary>
    public static int Write(Span<byte> destination, Tsn cumulativeTsn)
    {
        Chunk.WriteHeader(destination, ChunkType.Shutdown, flags: 0, Length);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], cumulativeTsn.Value);
        return Length;
    }
}
