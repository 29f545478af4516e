namespace Bisque.Net;

/// <summary>How an <see cref="EventLoop"/> is made.</summary>
public sealed record EventLoopOptions
{
    /// <summary>The system interface to use.</summary>
    public NetBackend Backend { get; init; } = NetBackend.Automatic;

    /// <summary>
    /// Free packet buffers of 2 KiB that the loop keeps for reuse; those released beyond it are left to the garbage collector.
    /// The default of 16,384 is 32 MiB, one second of about 150 Mb/s held for retransmission.
    /// </summary>
    public int PooledPackets { get; init; } = 16_384;

    /// <summary>Whether runs of datagrams of one size to one receiver go out as one segmented send where the kernel can.</summary>
    public bool SegmentationOffload { get; init; } = true;
}
