using Bisque.Primitives;
using Bisque.Sctp.Packets;
using Bisque.Sctp.Send;

namespace Bisque.Sctp.Association;

/// <summary>
/// Asks the peer to reset streams that we send on (RFC 6525 section 5.1): one request at a time, repeated until it is answered. Streams
/// take part when what was queued on them before has been sent.
/// </summary>
internal sealed class OutgoingStreamReset(Tsn initialTsn, SendQueue queue, RetransmissionQueue outgoing, ISctpEvents events, int mtu)
{
    private readonly ushort[] _streams = new ushort[(mtu - SctpPacket.HeaderLength - OutgoingSsnResetRequest.ChunkLength(0)) / sizeof(ushort)];
    private int _streamCount;
    private uint _nextSequence = initialTsn.Value;
    private uint _sequence;
    private Tsn _lastTsn;
    private bool _due;

    /// <summary>When the request is to be sent again.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>Whether a request waits for its answer.</summary>
    public bool IsInFlight => _streamCount > 0;

    /// <summary>Streams of the request that waits.</summary>
    private ReadOnlySpan<ushort> InFlight => _streams.AsSpan(0, _streamCount);

    /// <summary>Writes the request when it is time for one, 0 when not or when there is no room for it.</summary>
    /// <param name="room">Where to.</param>
    /// <param name="lastPeerRequest">The number of the peer's last request.</param>
    /// <param name="now">The time.</param>
    /// <param name="rto">How long to wait for the answer.</param>
    public int WriteDue(Span<byte> room, uint lastPeerRequest, MonotonicTime now, TimeSpan rto)
    {
        if (!IsInFlight)
        {
            var places = (room.Length - OutgoingSsnResetRequest.ChunkLength(0)) / sizeof(ushort);
            if (places <= 0 || !queue.HasStreamsReadyForReset)
            {
                return 0;
            }

            _streamCount = queue.TakeStreamsForReset(_streams.AsSpan(0, Math.Min(places, _streams.Length)));
            if (_streamCount == 0)
            {
                return 0;
            }

            _sequence = _nextSequence++;
            _lastTsn = outgoing.LastAssignedTsn;
            outgoing.BeginStreamReset();
            _due = true;
        }

        if (!_due || room.Length < OutgoingSsnResetRequest.ChunkLength(_streamCount))
        {
            return 0;
        }

        _due = false;
        NextDeadline = now + rto;
        return OutgoingSsnResetRequest.WriteChunk(room, _sequence, lastPeerRequest, _lastTsn, InFlight);
    }

    /// <summary>Whether the answer is overdue; the request is then due again.</summary>
    public bool TakeOverdue(MonotonicTime now)
    {
        if (now < NextDeadline)
        {
            return false;
        }

        NextDeadline = MonotonicTime.Never;
        _due = true;
        return true;
    }

    /// <summary>Takes an answer. False when it is not one to the request that waits.</summary>
    public bool Handle(ReConfigResponse response, MonotonicTime now, TimeSpan rto)
    {
        if (!IsInFlight || response.ResponseSequence != _sequence)
        {
            return false;
        }

        switch (response.Result)
        {
            case ReConfigResult.InProgress:
                // Asked again later, by a new number: some peers repeat their answer to a number for ever.
                _sequence = _nextSequence++;
                NextDeadline = now + rto;
                return true;
            case ReConfigResult.NothingToDo or ReConfigResult.Performed:
                queue.CommitReset();
                End(performed: true);
                return true;
            default:
                queue.RollbackReset();
                End(performed: false);
                return true;
        }
    }

    private void End(bool performed)
    {
        NextDeadline = MonotonicTime.Never;
        outgoing.EndStreamReset();
        var streams = InFlight;
        _streamCount = 0;
        if (performed)
        {
            events.OutgoingStreamsReset(streams);
        }
        else
        {
            events.OutgoingStreamsResetFailed(streams);
        }
    }
}
