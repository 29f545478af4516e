using Bisque.Engine.Producers;
using Bisque.Engine.Streams;
using Bisque.Primitives;

namespace Bisque.Engine.Consumers;

/// <summary>
/// Puts the timestamps of several streams of one sender, each with an origin of its own, on one line: between the last picture of one
/// and the first of the next lies the time that passed between their capture, or between their arrival while capture times are
/// not known. Timestamps always grow.
/// </summary>
internal sealed class TimestampAlignment(uint clockRate)
{
    /// <summary>
    /// Capture times that say something else than arrival by more than this come from a clock that was set meanwhile.
    /// </summary>
    private static readonly TimeSpan MaxDisagreement = TimeSpan.FromSeconds(5);

    // A key frame can be of the same moment as the last picture sent, or of one before it: it is bigger and came later. It then goes
    // out 1 ms after that picture, if no more than a little has to be added for it. What was added is taken back over the next pictures,
    // half a unit with each, so that timestamps still grow, whatever order packets come in.
    private readonly int _least = (int)(clockRate / 1000);
    private readonly int _maxLead = (int)(clockRate * 75L / 1000);

    /// <summary>So long after it was added nothing is left of a lead. Half the range of timestamps is twice as much.</summary>
    private const int EndOfLead = 1 << 30;

    private Sent? _newest;
    private uint _offset;
    private int _lead;
    private RtpTimestamp _leadFrom;
    private bool _wasPutOff;

    /// <summary>Whether the newest packet sent was not the last one of its frame.</summary>
    public bool IsFrameUnfinished => _newest is { Marker: false };

    /// <summary>Another stream is to be aligned from now on than the one that was put off.</summary>
    public void ExpectOther() => _wasPutOff = false;

    /// <summary>A stream's timestamps start over: nothing can be told from its former ones.</summary>
    public void Forget(ProducerStream stream)
    {
        if (_newest is { } newest && newest.Source == stream)
        {
            _newest = newest with { Source = null };
        }
    }

    /// <summary>
    /// Lets timestamps go on with a packet of a stream. False, once per change of stream, for a key frame that lies too far in the
    /// past: a later one will fit better.
    /// </summary>
    public bool TryAlign(ProducerStream stream, in RtpPacketInfo packet, SenderClock clock)
    {
        if (_newest is not { } newest)
        {
            return true;
        }

        var aligned = newest.Source == stream
            ? new RtpTimestamp(packet.Timestamp.Value + _offset)
            : newest.Timestamp.Plus(Units(Elapsed(newest, stream, packet, clock)) - LeadAt(newest.OriginalTimestamp));
        var missing = aligned.DistanceTo(newest.Timestamp);
        var lead = 0;
        if (missing >= 0)
        {
            lead = missing + _least;
            if (missing > _maxLead - _least)
            {
                if (!_wasPutOff)
                {
                    _wasPutOff = true;
                    return false;
                }

                // The line is given up for a new one, or every later change would be put off as well.
                aligned = newest.Timestamp.Plus(_least);
                lead = 0;
            }
        }

        (_lead, _leadFrom) = (lead, packet.Timestamp);
        _wasPutOff = false;
        _offset = aligned.Value - packet.Timestamp.Value;
        return true;
    }

    /// <summary>The timestamp with which a packet of the aligned stream goes out.</summary>
    public RtpTimestamp Map(RtpTimestamp timestamp) => new(timestamp.Value + _offset + (uint)LeadAt(timestamp));

    /// <summary>By how many units that timestamp is later than the line of capture times, for want of room before it.</summary>
    public int LeadAt(RtpTimestamp timestamp) =>
        _leadFrom.DistanceTo(timestamp) is > 0 and var passed ? Math.Max(0, _lead - (passed / 2)) : _lead;

    /// <summary>Takes note of what went out.</summary>
    public void OnSent(ProducerStream source, in RtpPacketInfo packet, SequenceNumber sequenceNumber, RtpTimestamp timestamp, bool marker)
    {
        if (_newest is { } newest && !sequenceNumber.IsNewerThan(newest.SequenceNumber))
        {
            return;
        }

        if (_leadFrom.DistanceTo(packet.Timestamp) > EndOfLead)
        {
            _lead = 0;
        }

        _newest = new Sent(source, packet.Timestamp, packet.ReceivedAt, sequenceNumber, timestamp, marker);
    }

    private static TimeSpan Elapsed(in Sent newest, ProducerStream stream, in RtpPacketInfo packet, SenderClock clock)
    {
        var arrival = packet.ReceivedAt - newest.ReceivedAt;
        if (clock.Source is { } source
            && newest.Source is { } previous
            && previous.Receive.Timeline.TryGetSenderTime(source, newest.OriginalTimestamp, packet.ReceivedAt, out var before)
            && stream.Receive.Timeline.TryGetSenderTime(source, packet.Timestamp, packet.ReceivedAt, out var after))
        {
            var captured = TimeSpan.FromMicroseconds(after.ToUnixMicroseconds() - before.ToUnixMicroseconds());
            if ((captured - arrival).Duration() <= MaxDisagreement)
            {
                return captured;
            }
        }

        return arrival;
    }

    private long Units(TimeSpan elapsed) => (long)((Int128)elapsed.Ticks * clockRate / TimeSpan.TicksPerSecond);

    /// <summary>The newest packet sent, by its outgoing number.</summary>
    private readonly record struct Sent(
        ProducerStream? Source,
        RtpTimestamp OriginalTimestamp,
        MonotonicTime ReceivedAt,
        SequenceNumber SequenceNumber,
        RtpTimestamp Timestamp,
        bool Marker);
}
