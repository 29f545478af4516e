using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>An XR receiver reference time block (RFC 3611 section 4.4).</summary>
/// <param name="Ntp">Wall-clock time of the report, by the receiver's clock.</param>
public readonly record struct ReceiverReferenceTime(NtpTime Ntp);
