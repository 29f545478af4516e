namespace Bisque.Sctp.Packets;

/// <summary>HEARTBEAT and HEARTBEAT-ACK (RFC 9260 sections 3.3.5 and 3.3.6): opaque information that the peer sends back.</summary>
internal static class HeartbeatChunk
{
    /// <summary>False when the chunk does not begin with a heartbeat information parameter.</summary>
    public static bool TryParse(scoped in Chunk chunk, out ReadOnlySpan<byte> information)
    {
        var rest = chunk.Value;
        if (Parameter.TryRead(ref rest, out var parameter) && parameter.Type == ParameterType.HeartbeatInfo)
        {
            information = parameter.Value;
            return true;
        }

        information = default;
        return false;
    }

    /// <summary>Writes a chunk; returns its length with padding.</summary>
    public static int Write(Span<byte> destination, ChunkType type, ReadOnlySpan<byte> information)
    {
        Chunk.WriteHeader(destination, type, flags: 0, Chunk.HeaderLength + Parameter.HeaderLength + information.Length);
        return Chunk.HeaderLength + Parameter.Write(destination[Chunk.HeaderLength..], ParameterType.HeartbeatInfo, information);
    }

    /// <summary>Bytes of a chunk with its padding.</summary>
    public static int LengthOf(int informationLength) => Chunk.Padded(Chunk.HeaderLength + Parameter.HeaderLength + informationLength);
}
