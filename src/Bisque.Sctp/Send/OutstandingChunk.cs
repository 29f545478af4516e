using Bisque.Primitives;

namespace Bisque.Sctp.Send;

/// <summary>A chunk that has a TSN. Its bytes are the message's.</summary>
internal struct OutstandingChunk
{
    /// <summary>What the chunk carries; no bytes when it only stands for the unsent rest of a message that was given up.</summary>
    public OutgoingFragment Fragment;

    /// <summary>When it was last sent.</summary>
    public MonotonicTime SentAt;

    /// <summary>How many times it was sent again.</summary>
    public int Retransmissions;

    /// <summary>Bytes on the wire, with header and padding.</summary>
    public int WireSize;

    /// <summary>What is known of it.</summary>
    public ChunkState State;

    /// <summary>How many SACKs reported it missing (RFC 9260 section 7.2.4).</summary>
    public byte Misses;

    /// <summary>Whether it was sent again because of that, which happens once. Later it is for the timer to find it lost.</summary>
    public bool WasFastRetransmitted;
}
