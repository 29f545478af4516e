namespace Bisque.Net;

/// <summary>What a <see cref="UdpSocket"/> has done since it was opened.</summary>
public record struct UdpSocketCounters
{
    /// <summary>Datagrams handed to the handler.</summary>
    public long DatagramsReceived { get; set; }

    /// <summary>Payload bytes handed to the handler.</summary>
    public long BytesReceived { get; set; }

    /// <summary>Datagrams dropped because they exceed <see cref="PacketBuffer.Capacity"/>.</summary>
    public long OversizeDropped { get; set; }

    /// <summary>Errors that reading reported.</summary>
    public long ReceiveErrors { get; set; }

    /// <summary>Datagrams that the kernel took.</summary>
    public long DatagramsSent { get; set; }

    /// <summary>Payload bytes that the kernel took.</summary>
    public long BytesSent { get; set; }

    /// <summary>Datagrams that the kernel refused, or whose address does not fit the socket's family.</summary>
    public long SendErrors { get; set; }

    /// <summary>Datagrams that left the full queue unsent.</summary>
    public long QueueDropped { get; set; }

    /// <summary>Segmented sends (UDP_SEGMENT), each of two or more datagrams.</summary>
    public long SegmentedSends { get; set; }
}
