using Bisque.Sctp.Buffers;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Receive;

/// <summary>
/// Turns data chunks into messages: puts fragments together, and delivers ordered messages in order, unordered ones when they are whole
/// (RFC 9260 sections 6.5, 6.6 and 6.9, RFC 8260). What cannot be delivered yet is kept within the receiver window; real memory is at most
/// twice that.
/// </summary>
internal sealed class ReassemblyQueue
{
    private readonly FragmentMemory _memory;
    private readonly InboundStreams _streams;
    private readonly Assembler _assembler;
    private readonly DeferredReset _deferred;
    private readonly bool _interleaved;
    private readonly int _limit;

    /// <summary>A queue without anything, for streams that all begin with number 0.</summary>
    /// <param name="options">The receiver window and the largest message.</param>
    /// <param name="interleaved">Whether chunks are I-DATA.</param>
    /// <param name="sink">Where messages go.</param>
    /// <param name="pool">Where bytes are kept.</param>
    public ReassemblyQueue(SctpOptions options, bool interleaved, IMessageSink sink, BytePool? pool = null)
    {
        _limit = options.ReceiverWindow;
        _interleaved = interleaved;
        _memory = new(pool ?? new());
        _streams = new(_memory, sink);
        _assembler = interleaved
            ? new FsnAssembler(_memory, _streams, options.MaxReceiveMessageSize)
            : new TsnAssembler(_memory, _streams, options.MaxReceiveMessageSize);
        _deferred = new(_memory);
    }

    /// <summary>Bytes kept, with what keeping them costs.</summary>
    public int BufferedBytes => _memory.Used;

    /// <summary>a_rwnd: bytes that there is room for.</summary>
    public uint Window => (uint)Math.Max(0, _limit - _memory.Used);

    /// <summary>Nothing more can be kept. All that is whole has been delivered, so the association cannot go on.</summary>
    public bool IsFull => _memory.Used >= _limit;

    /// <summary>Nine tenths are used: only chunks that advance the cumulative TSN are to be added, which may complete what is kept.</summary>
    public bool IsAboveWatermark => _memory.Used > (long)_limit * 9 / 10;

    /// <summary>Whether a reset waits for the peer's last TSN.</summary>
    public bool HasDeferredReset => _deferred.IsActive;

    /// <summary>
    /// Takes a chunk that <see cref="DataTracker"/> found to be new and delivers what it completes. One without payload, or of the kind
    /// that was not negotiated, is ignored: the association refuses those.
    /// </summary>
    public void Add(in DataChunk chunk)
    {
        if (chunk.Payload.IsEmpty || chunk.IsInterleaved != _interleaved)
        {
            return;
        }

        if (_deferred.Concerns(chunk))
        {
            _deferred.Hold(chunk);
            return;
        }

        _assembler.Add(chunk);
    }

    /// <summary>
    /// The peer gave messages up (RFC 3758 section 3.6, RFC 8260 section 2.3.1): their parts are forgotten, streams go on behind them. To be
    /// called only for a chunk that <see cref="DataTracker.ForwardTo"/> said yes to.
    /// </summary>
    public void Forward(in ForwardTsnChunk chunk)
    {
        if (chunk.IsInterleaved != _interleaved)
        {
            return;
        }

        // Streams that begin anew within what is skipped: what the chunk says of them is of before or after, nobody knows.
        var begunAnew = _deferred.IsActive && chunk.NewCumulativeTsn.IsNewerThan(_deferred.LastTsn);
        _assembler.Forward(chunk);
        for (var i = 0; i < chunk.Count; i++)
        {
            var skipped = chunk.EntryAt(i);
            if (!skipped.IsUnordered && !(begunAnew && _deferred.Concerns(skipped.StreamId)))
            {
                _streams.Skip(skipped, _interleaved);
            }
        }

        _assembler.DropPast();
    }

    /// <summary>
    /// Numbering of the streams that the peer sends on, or of all when none is listed, begins anew (RFC 6525 section 5.2.2), once all up to
    /// <paramref name="lastTsn"/> has arrived. True when that is so already; else <see cref="CompleteDeferredReset"/> does it, and another
    /// reset must wait for it.
    /// </summary>
    public bool ResetStreams(Tsn lastTsn, Tsn cumulativeTsn, ReadOnlySpan<ushort> streamIds)
    {
        if (!lastTsn.IsNewerThan(cumulativeTsn))
        {
            _assembler.Reset(streamIds);
            return true;
        }

        _deferred.Begin(lastTsn, streamIds);
        return false;
    }

    /// <summary>Does the reset that waits, when the peer's last TSN has arrived; true when it did.</summary>
    public bool CompleteDeferredReset(Tsn cumulativeTsn)
    {
        if (!_deferred.IsActive || _deferred.LastTsn.IsNewerThan(cumulativeTsn))
        {
            return false;
        }

        _assembler.Reset(_deferred.StreamIds);
        _deferred.End(_assembler);
        return true;
    }
}
