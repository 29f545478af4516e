using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>
/// A transport-wide feedback message in place (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1). Enumerating yields one
/// status for every transport-wide sequence number that it covers.
/// </summary>
public readonly ref struct TransportFeedback
{
    /// <summary>Microseconds in one tick of a delta or an arrival.</summary>
    public const int MicrosecondsPerTick = 250;

    /// <summary>Ticks in one unit of the reference time, which is 64 ms.</summary>
    public const int TicksPerReference = 256;

    internal const int FixedLength = 8;

    private readonly ReadOnlySpan<byte> _chunks;
    private readonly ReadOnlySpan<byte> _deltas;

    private TransportFeedback(FeedbackMessage message, ReadOnlySpan<byte> chunks, ReadOnlySpan<byte> deltas)
    {
        var fields = message.Information;
        SenderSsrc = message.SenderSsrc;
        MediaSsrc = message.MediaSsrc;
        BaseSequenceNumber = new SequenceNumber(BinaryPrimitives.ReadUInt16BigEndian(fields));
        StatusCount = BinaryPrimitives.ReadUInt16BigEndian(fields[2..]);
        ReferenceTime = BinaryPrimitives.ReadUInt32BigEndian(fields[4..]) >> 8;
        FeedbackPacketCount = fields[7];
        _chunks = chunks;
        _deltas = deltas;
    }

    /// <summary>Who received the packets.</summary>
    public Ssrc SenderSsrc { get; }

    /// <summary>Some stream of the transport; the message is about all of them.</summary>
    public Ssrc MediaSsrc { get; }

    /// <summary>The first transport-wide sequence number that is covered.</summary>
    public SequenceNumber BaseSequenceNumber { get; }

    /// <summary>How many sequence numbers are covered.</summary>
    public ushort StatusCount { get; }

    /// <summary>Base of the arrival times in units of 64 ms, 24 bits, wrapping; only differences mean anything to the sender.</summary>
    public uint ReferenceTime { get; }

    /// <summary>Counts the feedback messages modulo 256, so that a lost one is noticed.</summary>
    public byte FeedbackPacketCount { get; }

    /// <summary>
    /// Reads the packet; false when it is something else, when its chunks do not cover the count of statuses, use the reserved symbol, or
    /// when deltas are missing.
    /// </summary>
    public static bool TryParse(RtcpPacket packet, out TransportFeedback feedback)
    {
        feedback = default;
        if (!FeedbackMessage.TryParse(
                packet, RtcpPacketType.TransportLayerFeedback, RtcpFeedbackFormat.TransportWide, out var message)
            || message.Information.Length < FixedLength)
        {
            return false;
        }

        var statusCount = BinaryPrimitives.ReadUInt16BigEndian(message.Information[2..]);
        var rest = message.Information[FixedLength..];
        if (statusCount == 0 || !TryMeasure(rest, statusCount, out var chunksLength, out var deltasLength))
        {
            return false;
        }

        feedback = new TransportFeedback(message, rest[..chunksLength], rest.Slice(chunksLength, deltasLength));
        return true;
    }

    /// <summary>Starts before the first status.</summary>
    public Enumerator GetEnumerator() => new(this);

    private static bool TryMeasure(ReadOnlySpan<byte> rest, int statusCount, out int chunksLength, out int deltasLength)
    {
        chunksLength = 0;
        deltasLength = 0;
        for (var covered = 0; covered < statusCount;)
        {
            if (!BinaryPrimitives.TryReadUInt16BigEndian(rest[chunksLength..], out var bits))
            {
                return false;
            }

            chunksLength += 2;
            var chunk = new StatusChunk(bits);
            var count = Math.Min(chunk.Count, statusCount - covered);
            if (!chunk.TryMeasureDeltas(count, out var length))
            {
                return false;
            }

            deltasLength += length;
            covered += count;
        }

        return chunksLength + deltasLength <= rest.Length;
    }

    /// <summary>Walks the statuses.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _chunks;
        private readonly ReadOnlySpan<byte> _deltas;
        private StatusChunk _chunk;
        private SequenceNumber _next;
        private int _chunkPosition;
        private int _deltaPosition;
        private int _indexInChunk;
        private int _remaining;
        private long _ticks;

        internal Enumerator(TransportFeedback feedback)
        {
            _chunks = feedback._chunks;
            _deltas = feedback._deltas;
            _next = feedback.BaseSequenceNumber;
            _remaining = feedback.StatusCount;
            _ticks = (long)feedback.ReferenceTime * TicksPerReference;
        }

        /// <summary>The status that was reached.</summary>
        public TransportFeedbackStatus Current { get; private set; }

        /// <summary>Moves to the next status; false when there is none.</summary>
        public bool MoveNext()
        {
            if (_remaining == 0)
            {
                return false;
            }

            // A run of no packets is legal and says nothing.
            while (_indexInChunk == _chunk.Count)
            {
                _chunk = new StatusChunk(BinaryPrimitives.ReadUInt16BigEndian(_chunks[_chunkPosition..]));
                _chunkPosition += 2;
                _indexInChunk = 0;
            }

            var symbol = _chunk.SymbolAt(_indexInChunk++);
            var delta = ReadDelta(symbol);
            _ticks += delta;
            Current = symbol == StatusChunk.NotReceived
                ? new TransportFeedbackStatus(_next, false, 0, 0)
                : new TransportFeedbackStatus(_next, true, delta, _ticks);
            _next = _next.Next;
            _remaining--;
            return true;
        }

        private int ReadDelta(int symbol)
        {
            switch (symbol)
            {
                case StatusChunk.SmallDelta:
                    return _deltas[_deltaPosition++];
                case StatusChunk.LargeDelta:
                    var delta = BinaryPrimitives.ReadInt16BigEndian(_deltas[_deltaPosition..]);
                    _deltaPosition += 2;
                    return delta;
                default:
                    return 0;
            }
        }
    }
}
