using Bisque.Primitives;
using Bisque.Sctp.Receive;
using Bisque.Sctp.Send;

namespace Bisque.Sctp.Association;

/// <summary>What is known of the peer once it answered (RFC 9260 section 14): made by INIT-ACK or COOKIE-ECHO, and anew when the peer restarts.</summary>
internal sealed class TransmissionControlBlock
{
    public required uint LocalTag { get; init; }

    /// <summary>The peer's tag. Changes when two handshakes collide (RFC 9260 section 5.2.4 B).</summary>
    public required uint PeerTag { get; set; }

    /// <summary>What cookies made during this association say of it; never 0.</summary>
    public required ulong TieTag { get; init; }

    public required SctpCapabilities Capabilities { get; init; }

    public required DataTracker Tracker { get; init; }

    public required ReassemblyQueue Reassembly { get; init; }

    public required RetransmissionQueue Outgoing { get; init; }

    public required RetransmissionTimeout Rto { get; init; }

    public required OutgoingStreamReset OutgoingReset { get; init; }

    public required IncomingStreamReset IncomingReset { get; init; }

    public required HeartbeatHandler Heartbeat { get; init; }

    public required RetransmissionErrorCounter Errors { get; init; }

    /// <summary>The window in the peer's last SACK.</summary>
    public required uint PeerWindow { get; set; }

    /// <summary>The earliest of all that runs.</summary>
    public MonotonicTime NextDeadline =>
        MonotonicTime.Min(
            MonotonicTime.Min(Tracker.NextDeadline, Outgoing.NextDeadline),
            MonotonicTime.Min(OutgoingReset.NextDeadline, Heartbeat.NextDeadline));
}
