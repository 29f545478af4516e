namespace Bisque.Rtp;

/// <summary>An SDES in place (RFC 3550 section 6.5): one chunk per source.</summary>
public readonly ref struct SourceDescription
{
    private readonly ReadOnlySpan<byte> _chunks;

    private SourceDescription(ReadOnlySpan<byte> chunks, int count)
    {
        _chunks = chunks;
        ChunkCount = count;
    }

    /// <summary>How many chunks there are, 0 to 31.</summary>
    public int ChunkCount { get; }

    /// <summary>Reads the packet; false when it is of another type or one of its chunks is not well formed.</summary>
    public static bool TryParse(RtcpPacket packet, out SourceDescription description)
    {
        description = default;
        if (packet.Type != RtcpPacketType.SourceDescription)
        {
            return false;
        }

        var candidate = new SourceDescription(packet.Body, packet.Count);
        var found = 0;
        foreach (var _ in candidate)
        {
            found++;
        }

        if (found != packet.Count)
        {
            return false;
        }

        description = candidate;
        return true;
    }

    /// <summary>Starts before the first chunk.</summary>
    public Enumerator GetEnumerator() => new(_chunks, ChunkCount);

    /// <summary>Walks the chunks.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;
        private int _remaining;

        internal Enumerator(ReadOnlySpan<byte> chunks, int count)
        {
            _rest = chunks;
            _remaining = count;
        }

        /// <summary>The chunk that was reached.</summary>
        public SourceDescriptionChunk Current { get; private set; }

        /// <summary>Moves to the next chunk; false when there is none.</summary>
        public bool MoveNext()
        {
            if (_remaining == 0 || !SourceDescriptionChunk.TryParse(_rest, out var chunk, out var length))
            {
                return false;
            }

            _remaining--;
            _rest = _rest[length..];
            Current = chunk;
            return true;
        }
    }
}
