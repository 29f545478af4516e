namespace Bisque.Sctp;

/// <summary>What an association has seen, sent and dropped so far.</summary>
public struct SctpCounters
{
    /// <summary>Packets sent.</summary>
    public long PacketsSent { get; internal set; }

    /// <summary>Packets received, whatever became of them.</summary>
    public long PacketsReceived { get; internal set; }

    /// <summary>Packets dropped whole: malformed, wrong checksum, wrong ports or wrong verification tag.</summary>
    public long PacketsDropped { get; internal set; }

    /// <summary>Chunks dropped: malformed, unexpected in the state, outside of a window.</summary>
    public long ChunksDropped { get; internal set; }

    /// <summary>Messages taken to be sent.</summary>
    public long MessagesSent { get; internal set; }

    /// <summary>Messages delivered.</summary>
    public long MessagesReceived { get; internal set; }

    /// <summary>DATA chunks sent again.</summary>
    public long Retransmissions { get; internal set; }

    /// <summary>Messages received whole that were longer than <see cref="SctpOptions.MaxReceiveMessageSize"/>, and dropped.</summary>
    public long MessagesTooLarge { get; internal set; }
}
