using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Streams;

/// <summary>A retransmission stream as received (RFC 4588 section 4): a source of its own, with its own numbers and reports.</summary>
internal sealed class RtxStreamRecv(Ssrc ssrc)
{
    private readonly SequenceTracker _sequence = new();
    private readonly ReceptionReporter _reception = new(ssrc);

    /// <summary>The source.</summary>
    public Ssrc Ssrc => ssrc;

    /// <summary>Packets whose numbers made no sense.</summary>
    public ulong PacketsDiscarded { get; private set; }

    /// <summary>Takes a packet; false when it is to be dropped.</summary>
    public bool ReceivePacket(in RtpPacketInfo packet)
    {
        switch (_sequence.OnPacket(packet.SequenceNumber))
        {
            case SequenceArrival.OutOfRange or SequenceArrival.Duplicate:
                PacketsDiscarded++;
                return false;
            case SequenceArrival.Resynchronized:
                _reception.Reset();
                break;
        }

        _reception.OnPacket();
        return true;
    }

    /// <summary>Takes a sender report of this source.</summary>
    public void OnSenderReport(in SenderInfo report, MonotonicTime now) => _reception.OnSenderReport(report.Ntp, now);

    /// <summary>The report block; false until something was received. Jitter means nothing for retransmissions and is 0.</summary>
    public bool TryBuildReport(MonotonicTime now, out ReportBlock report)
    {
        report = _sequence.HasStarted ? _reception.Build(_sequence, jitter: 0, worstRemoteFractionLost: 0, now) : default;
        return _sequence.HasStarted;
    }
}
