using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>What a receiver says of one stream in an SR or RR (RFC 3550 section 6.4.1).</summary>
/// <param name="Ssrc">The stream that is reported on.</param>
/// <param name="FractionLost">Share of packets lost since the last report, in 1/256.</param>
/// <param name="CumulativeLost">Packets lost since the beginning, 24 bits with sign.</param>
/// <param name="ExtendedHighestSequenceNumber">Highest sequence number received, with the count of wraps in the upper 16 bits.</param>
/// <param name="Jitter">Interarrival jitter in clock-rate units.</param>
/// <param name="LastSenderReport">Compact NTP time of the last SR, 0 when there was none.</param>
/// <param name="DelaySinceLastSenderReport">Time since that SR arrived, in 1/65536 s.</param>
public readonly record struct ReportBlock(
    Ssrc Ssrc,
    byte FractionLost,
    int CumulativeLost,
    uint ExtendedHighestSequenceNumber,
    uint Jitter,
    uint LastSenderReport,
    uint DelaySinceLastSenderReport);
