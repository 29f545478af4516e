using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>A sub-block of an XR DLRR block: lets a receiver that sends no SR measure round-trip time (RFC 3611 section 4.5).</summary>
/// <param name="Ssrc">The receiver whose reference time is answered.</param>
/// <param name="LastReceiverReport">Compact NTP time of its last receiver reference time block.</param>
/// <param name="DelaySinceLastReceiverReport">Time since that block arrived, in 1/65536 s.</param>
public readonly record struct DlrrReport(Ssrc Ssrc, uint LastReceiverReport, uint DelaySinceLastReceiverReport);
