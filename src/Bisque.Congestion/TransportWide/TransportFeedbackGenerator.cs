using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Congestion.TransportWide;

/// <summary>
/// Tells the sender every 100 ms which packets arrived when (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3). A packet that
/// comes late is reported although it was reported missing, together with all that arrived after it and is still known.
/// </summary>
internal sealed class TransportFeedbackGenerator(int maximumPacketLength, ICongestionControlServerEvents events)
{
    public static readonly TimeSpan FeedbackInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>How long arrivals are known that were reported already.</summary>
    public static readonly TimeSpan ArrivalWindow = TimeSpan.FromMilliseconds(500);

    private readonly byte[] _packet = new byte[maximumPacketLength];
    private readonly ArrivalMap _arrivals = new();
    private readonly PacketLossHistory _loss = new();
    private SequenceUnwrapper _unwrapper;
    private long _nextBase;
    private bool _hasReceived;
    private byte _feedbackCount;
    private Ssrc _mediaSsrc;

    /// <summary>Share of packets that were missing in the latest feedback, 0 to 1.</summary>
    public double PacketLoss => _loss.Average;

    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    public void Start(MonotonicTime now) => NextDeadline = now + FeedbackInterval;

    public void Stop() => NextDeadline = MonotonicTime.Never;

    /// <summary>A packet arrived; false when it is a duplicate.</summary>
    public bool OnPacket(Ssrc ssrc, SequenceNumber wideSequenceNumber, MonotonicTime now)
    {
        var number = _unwrapper.Unwrap(wideSequenceNumber);
        if (!_arrivals.TryAdd(number, now))
        {
            return false;
        }

        if (!_hasReceived || number < _nextBase)
        {
            _nextBase = number;
            _hasReceived = true;
        }

        _mediaSsrc = ssrc;
        _arrivals.Expire(Math.Min(_nextBase, number), now - ArrivalWindow);
        return true;
    }

    public void OnDeadline(MonotonicTime now)
    {
        if (now < NextDeadline)
        {
            return;
        }

        // After a stall the rhythm starts anew instead of catching up.
        NextDeadline += FeedbackInterval;
        if (NextDeadline <= now)
        {
            NextDeadline = now + FeedbackInterval;
        }

        SendFeedback();
    }

    private void SendFeedback()
    {
        var number = Math.Max(_nextBase, _arrivals.Begin);
        while (TryFindReceived(ref number))
        {
            number = SendPacket(number);
        }
    }

    /// <summary>Moves to the next number whose packet arrived; false when there is none.</summary>
    private bool TryFindReceived(ref long number)
    {
        while (number < _arrivals.End && !_arrivals.TryGet(number, out _))
        {
            number++;
        }

        return number < _arrivals.End;
    }

    /// <summary>Sends as much as one packet takes, beginning with a received one. Returns the number that is next.</summary>
    private long SendPacket(long first)
    {
        // What is missing before the first received packet is part of the report, unless the window moved past it.
        var start = first - _nextBase is >= 0 and <= ArrivalMap.MaximumSpan ? _nextBase : first;
        var writer = new TransportFeedbackWriter(_packet, new Ssrc(0), _mediaSsrc, new SequenceNumber((ushort)start), _feedbackCount);
        var number = first;
        while (TryFindReceived(ref number)
            && _arrivals.TryGet(number, out var arrival)
            && writer.TryAdd(new SequenceNumber((ushort)number), arrival))
        {
            _nextBase = ++number;
        }

        if (!writer.TryFinish(out var length))
        {
            // No room behind so wide a gap: it is left out, and at worst the packet too.
            _nextBase = start == first ? first + 1 : first;
            return _nextBase;
        }

        _feedbackCount++;
        _loss.Add((int)(_nextBase - start) - writer.ReceivedCount, (int)(_nextBase - start));
        events.SendRtcp(_packet.AsSpan(0, length));
        return number;
    }
}
