using System.Diagnostics;
using Bisque.Primitives;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Send;

/// <summary>
/// The chunks that the peer's cumulative acknowledgement has not passed, in a ring by TSN: what is in flight, acknowledged by gap blocks,
/// taken for lost, or given up. A chunk in a gap block counts as arrived; should the peer take that back (RFC 9260 section 6.2.1 allows it, no
/// WebRTC peer does it), the timer finds out.
/// </summary>
internal sealed partial class OutstandingData(Tsn initialTsn, SendQueue queue, bool interleaved, bool mayAbandon)
{
    /// <summary>
    /// Most chunks in the ring. A peer that acknowledges all but the first keeps them here without filling the congestion window, and gap
    /// blocks reach 65,535 at most.
    /// </summary>
    public const int MaximumChunks = 32_768;

    /// <summary>Most bytes of chunks in the ring, for the same reason.</summary>
    public const int MaximumBytes = 16 << 20;

    private const int InitialCapacity = 64;
    private const int MissesOfLost = 3;
    private OutstandingChunk[] _ring = new OutstandingChunk[InitialCapacity];
    private int _bytes;

    /// <summary>No chunk below this one is <see cref="ChunkState.Lost"/>.</summary>
    private Tsn _firstLost = initialTsn;

    /// <summary>All chunks up to this one have been acknowledged.</summary>
    public Tsn CumulativeTsn { get; private set; } = initialTsn.Previous;

    /// <summary>The TSN that the next chunk gets.</summary>
    public Tsn NextTsn { get; private set; } = initialTsn;

    /// <summary>Chunks in the ring.</summary>
    public int Count => CumulativeTsn.DistanceTo(NextTsn) - 1;

    /// <summary>Whether another chunk may be added.</summary>
    public bool HasRoom => Count < MaximumChunks && _bytes < MaximumBytes;

    /// <summary>Bytes on the wire of chunks in flight.</summary>
    public int BytesInFlight { get; private set; }

    /// <summary>Chunks to be sent again.</summary>
    public int LostCount { get; private set; }

    /// <summary>Bytes before the payload of a chunk.</summary>
    public int HeaderLength => interleaved ? DataChunk.InterleavedHeaderLength : DataChunk.DataHeaderLength;

    /// <summary>The chunk of a TSN in the ring.</summary>
    public ref OutstandingChunk this[Tsn tsn] => ref _ring[tsn.Value & (uint)(_ring.Length - 1)];

    /// <summary>Gives a fragment its TSN; it is in flight. Takes over the fragment's reference to its message.</summary>
    public Tsn Add(in OutgoingFragment fragment, MonotonicTime now)
    {
        var tsn = Append(fragment, ChunkState.InFlight, Chunk.Padded(HeaderLength + fragment.Length), now);
        var message = fragment.Message;
        if (fragment.IsBeginning)
        {
            message.FirstTsn = tsn;
        }

        message.LatestTsn = tsn;
        message.Unacknowledged++;
        BytesInFlight += this[tsn].WireSize;
        return tsn;
    }

    /// <summary>The first chunk from <paramref name="from"/> on that is to be sent again.</summary>
    public bool TryFindLost(Tsn from, out Tsn tsn)
    {
        tsn = from.IsNewerThan(_firstLost) ? from : _firstLost;
        if (LostCount == 0)
        {
            return false;
        }

        for (; tsn != NextTsn; tsn = tsn.Next)
        {
            if (this[tsn].State == ChunkState.Lost)
            {
                if (from == CumulativeTsn.Next)
                {
                    _firstLost = tsn;
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>A lost chunk is sent again.</summary>
    public void Resend(Tsn tsn, MonotonicTime now)
    {
        ref var chunk = ref this[tsn];
        Debug.Assert(chunk.State == ChunkState.Lost, "Only lost chunks are sent again.");
        chunk.State = ChunkState.InFlight;
        chunk.SentAt = now;
        chunk.Retransmissions++;
        chunk.Misses = 0;
        LostCount--;
        BytesInFlight += chunk.WireSize;
    }

    /// <summary>Nothing was heard for too long: all that is in flight is taken for lost, or its message given up.</summary>
    public void LoseAll(MonotonicTime now)
    {
        for (var tsn = CumulativeTsn.Next; tsn != NextTsn && this[tsn].State == ChunkState.Acknowledged; tsn = tsn.Next)
        {
            // The peer had it once, and waits for it now.
            ref var chunk = ref this[tsn];
            if (chunk.Fragment.Message.IsAbandoned)
            {
                chunk.State = ChunkState.Abandoned;
                continue;
            }

            chunk.State = ChunkState.InFlight;
            chunk.Fragment.Message.Unacknowledged++;
            BytesInFlight += chunk.WireSize;
        }

        for (var tsn = CumulativeTsn.Next; tsn != NextTsn; tsn = tsn.Next)
        {
            if (this[tsn].State == ChunkState.InFlight)
            {
                Lose(tsn, now);
            }
        }
    }

    /// <summary>
    /// Takes a SACK in. False, and nothing done, when it acknowledges what was not sent or its blocks make no sense; then it tells nothing.
    /// One whose cumulative TSN is behind ours is for the caller to ignore.
    /// </summary>
    /// <param name="sack">The chunk.</param>
    /// <param name="inFastRecovery">Whether losses are being repaired: then more counts as missing.</param>
    /// <param name="now">The time.</param>
    /// <param name="result">What it brought.</param>
    public bool TryAcknowledge(in SackChunk sack, bool inFastRecovery, MonotonicTime now, out AckResult result)
    {
        result = default;
        if (!IsSensible(sack, out var lastBlockEnd))
        {
            return false;
        }

        var cumulative = sack.CumulativeTsn;
        var newly = default(NewlyAcknowledged);
        var advanced = cumulative.IsNewerThan(CumulativeTsn);
        while (cumulative.IsNewerThan(CumulativeTsn))
        {
            RemoveFirst(ref newly);
        }

        for (var i = 0; i < sack.GapBlockCount; i++)
        {
            var block = sack.GapBlockAt(i);
            for (var offset = block.Start; ; offset++)
            {
                Acknowledge(cumulative.Plus(offset), ref newly);
                if (offset == block.End)
                {
                    break;
                }
            }
        }

        var foundLost = false;
        if (sack.GapBlockCount > 0 && newly.Any)
        {
            foundLost = CountMisses(inFastRecovery && advanced ? lastBlockEnd : newly.Highest, newly.HighestSentAt, now);
        }

        result = new(newly.Bytes, advanced, foundLost, newly.RoundTripFrom);
        return true;
    }

    private bool IsSensible(in SackChunk sack, out Tsn lastBlockEnd)
    {
        var cumulative = sack.CumulativeTsn;
        lastBlockEnd = cumulative;
        if (!NextTsn.IsNewerThan(cumulative))
        {
            return false;
        }

        // Blocks that overlap say nothing more, and let one packet make us walk over all that is outstanding hundreds of times.
        var farthest = cumulative.DistanceTo(NextTsn) - 1;
        var covered = 0;
        for (var i = 0; i < sack.GapBlockCount; i++)
        {
            var block = sack.GapBlockAt(i);
            if (block.Start == 0 || block.End < block.Start || block.End > farthest)
            {
                return false;
            }

            covered += block.End - block.Start + 1;
            if (covered > farthest)
            {
                return false;
            }

            var end = cumulative.Plus(block.End);
            lastBlockEnd = end.IsNewerThan(lastBlockEnd) ? end : lastBlockEnd;
        }

        return true;
    }

    private void RemoveFirst(ref NewlyAcknowledged newly)
    {
        var tsn = CumulativeTsn.Next;
        Acknowledge(tsn, ref newly);
        CumulativeTsn = tsn;
        ref var chunk = ref this[tsn];
        _bytes -= chunk.Fragment.Length;
        queue.Messages.Release(chunk.Fragment.Message);
        chunk = default;
        if (!_firstLost.IsNewerThan(tsn))
        {
            _firstLost = tsn.Next;
        }
    }

    private void Acknowledge(Tsn tsn, ref NewlyAcknowledged newly)
    {
        ref var chunk = ref this[tsn];
        switch (chunk.State)
        {
            case ChunkState.InFlight:
                BytesInFlight -= chunk.WireSize;
                break;
            case ChunkState.Lost:
                LostCount--;
                break;
            default:
                return;
        }

        newly.Add(tsn, chunk);
        chunk.State = ChunkState.Acknowledged;
        var message = chunk.Fragment.Message;
        if (--message.Unacknowledged == 0 && message.Taken == message.Length && !message.IsAbandoned)
        {
            queue.Settle(message, SctpMessageOutcome.Acknowledged);
        }
    }

    /// <summary>
    /// Counts for each chunk below <paramref name="last"/> one more report that it is missing (RFC 9260 section 7.2.4), if it was sent no
    /// later than what has arrived. True when that was one too many for some.
    /// </summary>
    private bool CountMisses(Tsn last, MonotonicTime sentAt, MonotonicTime now)
    {
        var found = false;
        for (var tsn = CumulativeTsn.Next; last.IsNewerThan(tsn); tsn = tsn.Next)
        {
            ref var chunk = ref this[tsn];
            if (chunk.State != ChunkState.InFlight || chunk.WasFastRetransmitted || chunk.SentAt > sentAt || ++chunk.Misses < MissesOfLost)
            {
                continue;
            }

            chunk.WasFastRetransmitted = true;
            Lose(tsn, now);
            found = true;
        }

        return found;
    }

    private void Lose(Tsn tsn, MonotonicTime now)
    {
        ref var chunk = ref this[tsn];
        var message = chunk.Fragment.Message;
        if (mayAbandon && (chunk.Retransmissions >= message.MaxRetransmissions || now > message.ExpiresAt))
        {
            Abandon(message);
            return;
        }

        chunk.State = ChunkState.Lost;
        BytesInFlight -= chunk.WireSize;
        LostCount++;
        if (_firstLost.IsNewerThan(tsn))
        {
            _firstLost = tsn;
        }
    }

    private Tsn Append(in OutgoingFragment fragment, ChunkState state, int wireSize, MonotonicTime now)
    {
        if (Count == _ring.Length)
        {
            Grow();
        }

        var tsn = NextTsn;
        NextTsn = tsn.Next;
        this[tsn] = new() { Fragment = fragment, State = state, WireSize = wireSize, SentAt = now };
        _bytes += fragment.Length;
        return tsn;
    }

    private void Grow()
    {
        var old = _ring;
        _ring = new OutstandingChunk[old.Length * 2];
        for (var tsn = CumulativeTsn.Next; tsn != NextTsn; tsn = tsn.Next)
        {
            this[tsn] = old[tsn.Value & (uint)(old.Length - 1)];
        }
    }

    private struct NewlyAcknowledged
    {
        public int Bytes;
        public Tsn Highest;
        public MonotonicTime HighestSentAt;
        public MonotonicTime? RoundTripFrom;
        public bool Any;

        public void Add(Tsn tsn, in OutstandingChunk chunk)
        {
            Bytes += chunk.WireSize;
            if (!Any || tsn.IsNewerThan(Highest))
            {
                Highest = tsn;
                HighestSentAt = chunk.SentAt;
            }

            if (chunk.Retransmissions == 0 && (RoundTripFrom is not { } from || chunk.SentAt > from))
            {
                RoundTripFrom = chunk.SentAt;
            }

            Any = true;
        }
    }
}
