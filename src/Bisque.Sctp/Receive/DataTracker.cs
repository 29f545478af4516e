using Bisque.Primitives;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Receive;

/// <summary>
/// Which TSNs have arrived, what a SACK says about them, and when it is due (RFC 9260 section 6.2): for every second packet with data, or a
/// delay after the first; at once for a gap, a duplicate, the I bit and the first data of all.
/// </summary>
internal sealed class DataTracker(Tsn peerInitialTsn)
{
    /// <summary>
    /// How far ahead of the cumulative TSN others are taken. A sender has no use for more: a window of 5 MiB full of 50-byte chunks. Bounds
    /// the memory for what arrived out of order (16 KiB).
    /// </summary>
    public const int MaximumAhead = 100_000;

    /// <summary>Most gap blocks in a SACK: the lowest ones, which the sender must fill first.</summary>
    public const int MaximumGapBlocks = 20;

    /// <summary>Most duplicates remembered until the next SACK.</summary>
    public const int MaximumDuplicates = 20;

    private const int PacketsPerSack = 2;
    private const int SackFixedLength = 16;
    private readonly ReceivedTsns _received = new(peerInitialTsn.Previous);
    private readonly Tsn[] _duplicates = new Tsn[MaximumDuplicates];
    private int _duplicateCount;
    private int _packetsWaiting;
    private bool _packetHasData;
    private bool _anyDataSeen;

    /// <summary>All TSNs up to this one have arrived or were given up by the peer.</summary>
    public Tsn CumulativeTsn => _received.Cumulative;

    /// <summary>Whether TSNs are missing below one that arrived.</summary>
    public bool HasGaps => _received.HasGaps;

    /// <summary>Whether a SACK is to be sent now.</summary>
    public bool IsSackDue { get; private set; }

    /// <summary>Whether a SACK is waiting for its delay; one may go with other chunks before that.</summary>
    public bool IsSackPending => IsSackDue || _packetsWaiting > 0;

    /// <summary>When a delayed SACK becomes due.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>
    /// Whether a TSN is near enough to mean anything: not more than <see cref="MaximumAhead"/> ahead of the cumulative one or behind it.
    /// Those behind are duplicates, which <see cref="Observe"/> takes.
    /// </summary>
    public bool IsInWindow(Tsn tsn) => CumulativeTsn.DistanceTo(tsn) is >= -MaximumAhead and <= MaximumAhead;

    /// <summary>Whether this TSN is the one that the cumulative TSN waits for.</summary>
    public bool WillAdvanceCumulative(Tsn tsn) => tsn == CumulativeTsn.Next;

    /// <summary>Notes a chunk that is kept. False when it has arrived before, or is not in the window and is ignored.</summary>
    /// <param name="tsn">Its number.</param>
    /// <param name="immediate">Whether it has the I bit (RFC 7053).</param>
    public bool Observe(Tsn tsn, bool immediate)
    {
        if (!IsInWindow(tsn))
        {
            return false;
        }

        _packetHasData = true;
        IsSackDue |= immediate || !_anyDataSeen;
        _anyDataSeen = true;
        if (_received.TryAdd(tsn))
        {
            return true;
        }

        IsSackDue = true;
        if (_duplicateCount < MaximumDuplicates)
        {
            _duplicates[_duplicateCount++] = tsn;
        }

        return false;
    }

    /// <summary>
    /// The peer will not send what is missing up to <paramref name="tsn"/> (RFC 3758 section 3.6). False, and nothing skipped, when that is
    /// no news or is not in the window. Either way the peer is told by a SACK where we are.
    /// </summary>
    public bool ForwardTo(Tsn tsn)
    {
        IsSackDue = true;
        if (!tsn.IsNewerThan(CumulativeTsn) || !IsInWindow(tsn))
        {
            return false;
        }

        _received.AdvanceTo(tsn);
        return true;
    }

    /// <summary>Makes a SACK due.</summary>
    public void RequestSack() => IsSackDue = true;

    /// <summary>To be called after the last chunk of each packet.</summary>
    /// <param name="now">The time.</param>
    /// <param name="delay">How long a SACK may wait for a second packet.</param>
    public void PacketDone(MonotonicTime now, TimeSpan delay)
    {
        if (!_packetHasData)
        {
            return;
        }

        _packetHasData = false;
        _packetsWaiting++;
        IsSackDue |= _packetsWaiting >= PacketsPerSack || HasGaps;
        NextDeadline = IsSackDue ? MonotonicTime.Never : now + delay;
    }

    /// <summary>Makes a delayed SACK due when its time has come.</summary>
    public void OnDeadline(MonotonicTime now)
    {
        if (now >= NextDeadline)
        {
            NextDeadline = MonotonicTime.Never;
            IsSackDue = true;
        }
    }

    /// <summary>
    /// Writes a SACK, with as many gap blocks and duplicates as there is room for; 0 when there is none for any. What was due or pending is
    /// done with.
    /// </summary>
    public int WriteSack(Span<byte> room, uint window)
    {
        var places = (room.Length - SackFixedLength) / sizeof(uint);
        if (room.Length < SackFixedLength)
        {
            return 0;
        }

        Span<GapBlock> blocks = stackalloc GapBlock[MaximumGapBlocks];
        var blockCount = _received.CopyGapBlocks(blocks[..Math.Min(places, MaximumGapBlocks)]);
        var duplicates = _duplicates.AsSpan(0, Math.Min(_duplicateCount, places - blockCount));
        var length = SackChunk.Write(room, CumulativeTsn, window, blocks[..blockCount], duplicates);
        _duplicateCount = 0;
        _packetsWaiting = 0;
        IsSackDue = false;
        NextDeadline = MonotonicTime.Never;
        return length;
    }
}
