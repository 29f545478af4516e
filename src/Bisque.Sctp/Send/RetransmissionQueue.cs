using Bisque.Primitives;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Send;

/// <summary>
/// Sends data and sees to it that it arrives: fills packets with chunks as the congestion window and the peer's window allow, takes SACKs,
/// and runs T3-rtx (RFC 9260 sections 6 and 7).
/// </summary>
internal sealed class RetransmissionQueue
{
    /// <summary>Most packets with data that are sent at one opportunity: the arrival of a packet, a timer, a call of the owner.</summary>
    public const int MaximumBurst = 4;

    private const int CommonHeaderLength = 12;
    private static readonly TimeSpan LongestForwardInterval = TimeSpan.FromMilliseconds(200);
    private readonly SendQueue _queue;
    private readonly RetransmissionTimeout _timeout;
    private readonly OutstandingData _outstanding;
    private readonly CongestionWindow _window;
    private readonly SctpCapabilities _capabilities;
    private readonly TimeSpan _longestTimeout;
    private readonly int _payloadAlone;
    private long _peerWindow;
    private int _burstLeft = MaximumBurst;
    private int _expirations;
    private bool _fastRetransmit;
    private MonotonicTime _nextForward = new(long.MinValue);

    /// <summary>Begins with nothing in flight.</summary>
    /// <param name="options">The MTU and the longest timeout.</param>
    /// <param name="queue">Where data comes from.</param>
    /// <param name="initialTsn">The TSN of the first chunk.</param>
    /// <param name="peerWindow">a_rwnd of the handshake.</param>
    /// <param name="capabilities">Whether chunks are I-DATA, and whether messages may be given up.</param>
    /// <param name="timeout">The RTO; gets the round trips that are measured here.</param>
    public RetransmissionQueue(
        SctpOptions options, SendQueue queue, Tsn initialTsn, uint peerWindow, in SctpCapabilities capabilities, RetransmissionTimeout timeout)
    {
        var mtu = options.Mtu & ~3;
        _queue = queue;
        _timeout = timeout;
        _capabilities = capabilities;
        _longestTimeout = options.RtoMax;
        _outstanding = new(initialTsn, queue, capabilities.MessageInterleaving, capabilities.PartialReliability);
        _window = new(mtu, peerWindow);
        _peerWindow = peerWindow;
        _payloadAlone = mtu - CommonHeaderLength - _outstanding.HeaderLength;
    }

    /// <summary>When T3-rtx expires.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>The TSN that the next chunk gets.</summary>
    public Tsn NextTsn => _outstanding.NextTsn;

    /// <summary>The newest TSN that a chunk has got; the one before the initial TSN when there is none.</summary>
    public Tsn LastAssignedTsn => _outstanding.NextTsn.Previous;

    /// <summary>Whether the peer has not acknowledged all that was sent.</summary>
    public bool HasOutstanding => _outstanding.Count > 0;

    /// <summary>Whether all has been sent and acknowledged.</summary>
    public bool IsEmpty => !HasOutstanding && _queue.IsEmpty;

    /// <summary>Bytes on the wire of chunks that are in flight.</summary>
    public int BytesInFlight => _outstanding.BytesInFlight;

    /// <summary>cwnd, bytes.</summary>
    public int CongestionWindow => _window.Size;

    /// <summary>ssthresh, bytes.</summary>
    public int SlowStartThreshold => _window.SlowStartThreshold;

    /// <summary>Bytes that the peer has room for beyond what is in flight.</summary>
    public long PeerWindow => Math.Max(0, _peerWindow - BytesInFlight);

    /// <summary>Chunks sent again so far.</summary>
    public long Retransmissions { get; private set; }

    /// <summary>An opportunity to send begins: <see cref="MaximumBurst"/> packets may get chunks.</summary>
    public void StartBurst() => _burstLeft = MaximumBurst;

    /// <summary>
    /// Fills what is left of a packet with chunks: first those to be sent again, then new ones. 0 when nothing may be sent, or nothing fits:
    /// if other chunks are in the packet, try an empty one.
    /// </summary>
    public int WriteChunks(Span<byte> room, MonotonicTime now)
    {
        if (_burstLeft == 0)
        {
            return 0;
        }

        var written = WriteLost(room, now);
        if (_outstanding.LostCount == 0)
        {
            written += WriteNew(room[written..], written == 0, now);
        }

        if (written > 0)
        {
            _burstLeft--;
            StartTimer(now);
        }

        _queue.RaiseEvents();
        return written;
    }

    /// <summary>Takes a SACK.</summary>
    public SackOutcome HandleSack(in SackChunk sack, MonotonicTime now)
    {
        if (_outstanding.CumulativeTsn.IsNewerThan(sack.CumulativeTsn))
        {
            return SackOutcome.Old;
        }

        var inFlightBefore = BytesInFlight;
        var lastSent = LastAssignedTsn;
        if (!_outstanding.TryAcknowledge(sack, _window.IsInFastRecovery, now, out var result))
        {
            return SackOutcome.Refused;
        }

        _peerWindow = sack.AdvertisedWindow;
        if (result.RoundTripFrom is { } sentAt)
        {
            _timeout.Observe(now - sentAt);
        }

        _window.OnAcknowledged(result.BytesAcknowledged, sack.CumulativeTsn, result.CumulativeAdvanced, inFlightBefore);
        if (result.FoundLost)
        {
            _fastRetransmit |= !_window.IsInFastRecovery;
            _window.OnFastRetransmit(lastSent);
        }

        RunTimer(result.CumulativeAdvanced, now);
        _queue.RaiseEvents();
        return result.BytesAcknowledged > 0 || result.CumulativeAdvanced || (_peerWindow == 0 && HasOutstanding) ? SackOutcome.Progress : SackOutcome.NothingNew;
    }

    /// <summary>
    /// True when T3-rtx has expired: the peer has not answered, which the association counts. What was in flight is sent again, as a window
    /// of one packet allows.
    /// </summary>
    public bool OnDeadline(MonotonicTime now)
    {
        if (now < NextDeadline)
        {
            return false;
        }

        NextDeadline = MonotonicTime.Never;
        _expirations++;
        _fastRetransmit = false;
        _nextForward = now;
        _window.OnTimeout();
        _outstanding.LoseAll(now);
        _queue.RaiseEvents();
        return true;
    }

    /// <summary>Whether the peer is to be told now that messages were given up.</summary>
    public bool ShouldForward(MonotonicTime now) => _capabilities.PartialReliability && now >= _nextForward && _outstanding.HasAbandonedNext;

    /// <summary>
    /// Writes a FORWARD-TSN or I-FORWARD-TSN; 0 when none is to be sent. Not again before a round trip, or 200 ms, whichever is less.
    /// </summary>
    public int WriteForwardTsn(Span<byte> room, MonotonicTime now)
    {
        var interleaved = _capabilities.MessageInterleaving;
        var entryLength = ForwardTsnChunk.LengthOf(interleaved, 1) - ForwardTsnChunk.LengthOf(interleaved, 0);
        var entries = Math.Min(OutstandingData.MaximumSkipped, (room.Length - ForwardTsnChunk.LengthOf(interleaved, 0)) / entryLength);
        if (entries <= 0 || !ShouldForward(now))
        {
            return 0;
        }

        Span<SkippedStream> skipped = stackalloc SkippedStream[OutstandingData.MaximumSkipped];
        var count = _outstanding.CollectSkipped(skipped[..entries], out var newCumulativeTsn);
        var roundTrip = _timeout.SmoothedRoundTrip;
        _nextForward = now + (roundTrip > TimeSpan.Zero && roundTrip < LongestForwardInterval ? roundTrip : LongestForwardInterval);
        StartTimer(now);
        return ForwardTsnChunk.Write(room, interleaved, newCumulativeTsn, skipped[..count]);
    }

    /// <summary>The peer is asked to reset streams, for which <see cref="LastAssignedTsn"/> is the last before it.</summary>
    public void BeginStreamReset() => _outstanding.SetBarrier();

    /// <summary>The peer has answered for good.</summary>
    public void EndStreamReset() => _outstanding.LiftBarrier();

    /// <summary>The association has ended, or the peer restarted: what is outstanding is forgotten.</summary>
    public void GiveUp()
    {
        _outstanding.GiveUp();
        NextDeadline = MonotonicTime.Never;
    }

    private int WriteLost(Span<byte> room, MonotonicTime now)
    {
        var written = 0;
        var from = _outstanding.CumulativeTsn.Next;
        while (_outstanding.TryFindLost(from, out var tsn))
        {
            ref var chunk = ref _outstanding[tsn];
            var message = chunk.Fragment.Message;
            if (_capabilities.PartialReliability && now > message.ExpiresAt)
            {
                _outstanding.Abandon(message);
                continue;
            }

            // The packet of a fast retransmit goes whatever the windows say (RFC 9260 section 7.2.4).
            var fits = _fastRetransmit
                || BytesInFlight == 0
                || (BytesInFlight + chunk.WireSize <= _window.Size && chunk.WireSize <= PeerWindow);
            if (chunk.WireSize > room.Length - written || !fits)
            {
                break;
            }

            written += Write(tsn, chunk.Fragment, room[written..]);
            _outstanding.Resend(tsn, now);
            Retransmissions++;
            if (tsn == _outstanding.CumulativeTsn.Next)
            {
                // The chunk that the timer runs for is new again (RFC 9260 section 7.2.4).
                NextDeadline = MonotonicTime.Never;
            }

            from = tsn.Next;
        }

        _fastRetransmit &= written == 0 && _outstanding.LostCount > 0;
        return written;
    }

    private int WriteNew(Span<byte> room, bool isFirst, MonotonicTime now)
    {
        var written = 0;
        var header = _outstanding.HeaderLength;
        while (_outstanding.HasRoom && BytesInFlight < _window.Size)
        {
            var packetRoom = ((room.Length - written) & ~3) - header;

            // With nothing in flight one chunk goes even into a closed window, to learn when it opens (RFC 9260 section 6.1 A).
            var payloadRoom = BytesInFlight > 0 ? (int)Math.Min(packetRoom, (PeerWindow & ~3) - header) : packetRoom;
            if (payloadRoom <= 0)
            {
                break;
            }

            // The first data in a packet with other chunks is cut to fit behind them, unless that leaves little room: it would else wait for
            // a packet of its own, which SACKs may never leave it.
            var alone = isFirst && written == 0 && packetRoom >= SendQueue.SmallestFragment ? packetRoom : _payloadAlone;
            switch (_queue.TryProduce(payloadRoom, alone, _capabilities.MessageInterleaving, now, out var fragment))
            {
                case ProduceResult.Fragment:
                    written += Write(_outstanding.Add(fragment, now), fragment, room[written..]);
                    break;
                case ProduceResult.Expired:
                    _outstanding.Abandon(fragment.Message);
                    break;
                default:
                    return written;
            }
        }

        return written;
    }

    private int Write(Tsn tsn, in OutgoingFragment fragment, Span<byte> destination)
    {
        var message = fragment.Message;
        var interleaved = _capabilities.MessageInterleaving;
        return new DataChunk
        {
            IsInterleaved = interleaved,
            Tsn = tsn,
            StreamId = message.Stream.Id,
            IsUnordered = message.IsUnordered,
            IsBeginning = fragment.IsBeginning,
            IsEnding = fragment.IsEnding,
            IsImmediate = _window.WantsImmediateSacks,
            Ssn = interleaved ? default : new((ushort)message.Number),
            Mid = interleaved ? new(message.Number) : default,
            Fsn = fragment.Fsn,
            Ppid = message.Ppid,
            Payload = message.Bytes.AsSpan(fragment.Offset, fragment.Length),
        }.Write(destination);
    }

    private void RunTimer(bool cumulativeAdvanced, MonotonicTime now)
    {
        if (cumulativeAdvanced)
        {
            _expirations = 0;
        }

        if (!HasOutstanding)
        {
            NextDeadline = MonotonicTime.Never;
        }
        else if (cumulativeAdvanced)
        {
            NextDeadline = MonotonicTime.Never;
            StartTimer(now);
        }
    }

    private void StartTimer(MonotonicTime now)
    {
        if (NextDeadline == MonotonicTime.Never)
        {
            var timeout = _timeout.Value;
            for (var i = 0; i < _expirations && timeout < _longestTimeout; i++)
            {
                timeout *= 2;
            }

            NextDeadline = now + (timeout < _longestTimeout ? timeout : _longestTimeout);
        }
    }
}
