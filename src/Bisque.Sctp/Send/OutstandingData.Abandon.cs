using Bisque.Primitives;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Send;

/// <summary>Messages that are given up, and how the peer is told (RFC 3758 section 3.5, RFC 8260 section 2.3).</summary>
internal sealed partial class OutstandingData
{
    private Tsn? _barrier;

    /// <summary>
    /// Most entries in a FORWARD-TSN. What is behind the message that has none comes with the next one.
    /// </summary>
    public const int MaximumSkipped = 64;

    /// <summary>Whether the peer waits for chunks that will not come.</summary>
    public bool HasAbandonedNext => Count > 0 && this[CumulativeTsn.Next].State == ChunkState.Abandoned && !IsAtBarrier;

    private bool IsAtBarrier => _barrier is { } barrier && !barrier.IsNewerThan(CumulativeTsn);

    /// <summary>
    /// The peer is asked to reset streams: a FORWARD-TSN must not reach behind this point before it has, since the numbers in it would be
    /// taken for those of the streams as they are then. Lifted by <see cref="LiftBarrier"/>.
    /// </summary>
    public void SetBarrier() => _barrier = NextTsn.Previous;

    /// <summary>The peer has answered.</summary>
    public void LiftBarrier() => _barrier = null;

    /// <summary>Gives a whole message up: nothing of it is sent any more, and what is unsent of it leaves the queue.</summary>
    public void Abandon(OutgoingMessage message)
    {
        if (message.IsAbandoned)
        {
            return;
        }

        message.IsAbandoned = true;
        if (message.Taken < message.Length)
        {
            // A TSN for the rest: else a peer that has all which was sent would never learn that no more comes.
            message.References++;
            message.LatestTsn = Append(new(message, message.Length, 0, message.NextFsn), ChunkState.Abandoned, 0, MonotonicTime.Never);
            queue.Discard(message);
        }

        for (var tsn = Later(message.FirstTsn, CumulativeTsn.Next); !tsn.IsNewerThan(message.LatestTsn); tsn = tsn.Next)
        {
            ref var chunk = ref this[tsn];
            if (chunk.Fragment.Message != message)
            {
                continue;
            }

            if (chunk.State == ChunkState.InFlight)
            {
                BytesInFlight -= chunk.WireSize;
                chunk.State = ChunkState.Abandoned;
            }
            else if (chunk.State == ChunkState.Lost)
            {
                LostCount--;
                chunk.State = ChunkState.Abandoned;
            }
        }

        queue.Settle(message, SctpMessageOutcome.Abandoned);
    }

    /// <summary>
    /// Says what a FORWARD-TSN must: the new cumulative TSN, and the last message given up of each stream and kind. Less far when there are
    /// more streams than entries.
    /// </summary>
    /// <returns>How many entries there are.</returns>
    public int CollectSkipped(Span<SkippedStream> skipped, out Tsn newCumulativeTsn)
    {
        newCumulativeTsn = CumulativeTsn;
        var count = 0;
        for (var tsn = CumulativeTsn.Next; tsn != NextTsn && _barrier != tsn.Previous; tsn = tsn.Next)
        {
            ref var chunk = ref this[tsn];
            var message = chunk.Fragment.Message;
            if (chunk.State == ChunkState.Acknowledged && !message.IsAbandoned)
            {
                continue;
            }

            if (!message.IsAbandoned || !TryNote(message, skipped, ref count))
            {
                break;
            }

            newCumulativeTsn = tsn;
        }

        return count;
    }

    /// <summary>The association has ended or begins anew: no message is waited for any more.</summary>
    public void GiveUp()
    {
        for (var tsn = CumulativeTsn.Next; tsn != NextTsn; tsn = tsn.Next)
        {
            ref var chunk = ref this[tsn];
            var message = chunk.Fragment.Message;
            if (!message.IsQueued)
            {
                queue.Settle(message, SctpMessageOutcome.Abandoned);
            }

            queue.Messages.Release(message);
            chunk = default;
        }

        CumulativeTsn = NextTsn.Previous;
        BytesInFlight = 0;
        LostCount = 0;
        _bytes = 0;
    }

    private static Tsn Later(Tsn left, Tsn right) => left.IsNewerThan(right) ? left : right;

    private bool TryNote(OutgoingMessage message, Span<SkippedStream> skipped, ref int count)
    {
        // Unordered messages of DATA have no number, and need no entry.
        if (message.IsUnordered && !interleaved)
        {
            return true;
        }

        var entry = new SkippedStream(
            message.Stream.Id,
            message.IsUnordered,
            interleaved ? default : new((ushort)message.Number),
            interleaved ? new(message.Number) : default);
        for (var i = 0; i < count; i++)
        {
            if (skipped[i].StreamId == entry.StreamId && skipped[i].IsUnordered == entry.IsUnordered)
            {
                var newer = interleaved ? entry.Mid.IsNewerThan(skipped[i].Mid) : entry.Ssn.IsNewerThan(skipped[i].Ssn);
                skipped[i] = newer ? entry : skipped[i];
                return true;
            }
        }

        if (count == skipped.Length)
        {
            return false;
        }

        skipped[count++] = entry;
        return true;
    }
}
