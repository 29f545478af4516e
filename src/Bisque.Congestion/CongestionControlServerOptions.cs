namespace Bisque.Congestion;

/// <summary>What a <see cref="CongestionControlServer"/> is told at its creation.</summary>
public sealed class CongestionControlServerOptions
{
    /// <summary>The smallest packet size that transport feedback can be made for.</summary>
    public const int SmallestRtcpPacket = 64;

    /// <summary>Which side estimates.</summary>
    public CongestionControlMode Mode { get; init; } = CongestionControlMode.TransportCc;

    /// <summary>
    /// The largest RTCP packet in bytes; feedback that needs more is split. The default leaves room for IP, UDP and SRTCP in 1500 bytes.
    /// </summary>
    public int MaximumRtcpPacketLength { get; init; } = 1292;
}
