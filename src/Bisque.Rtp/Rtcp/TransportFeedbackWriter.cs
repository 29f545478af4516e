using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>
/// Builds one transport-wide feedback packet (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1) in the caller's span, whose
/// length is the limit. Packets are added in the order of their sequence numbers; what is left out counts as not received.
/// </summary>
/// <remarks>
/// Chunks grow from the front. Deltas follow the last chunk on the wire, but nobody knows yet where that ends: they are kept at the back,
/// byte for byte in reverse, and are turned round and moved into place by <see cref="TryFinish"/>.
/// </remarks>
public ref struct TransportFeedbackWriter
{
    private const int ChunksStart = RtcpPacket.HeaderLength + 8 + TransportFeedback.FixedLength;
    private const int LargestPadding = 3;

    // Adding one packet after a gap can end what waits (twice), the gap itself and a vector in which the packet's symbol stands alone.
    private const int ChunksBesidesRuns = 6;

    private readonly Span<byte> _destination;
    private readonly SequenceNumber _base;
    private StatusPacker _packer;
    private int _chunksEnd;
    private int _deltasLength;
    private int _statusCount;
    private long _lastTicks;

    /// <summary>
    /// Starts a packet. <paramref name="baseSequenceNumber"/> is the first number that it covers, received or not;
    /// <paramref name="feedbackPacketCount"/> goes up by one with every packet that is sent.
    /// </summary>
    public TransportFeedbackWriter(
        Span<byte> destination, Ssrc senderSsrc, Ssrc mediaSsrc, SequenceNumber baseSequenceNumber, byte feedbackPacketCount)
    {
        _destination = destination;
        _base = baseSequenceNumber;
        _chunksEnd = ChunksStart;
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], senderSsrc.Value);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], mediaSsrc.Value);
        BinaryPrimitives.WriteUInt16BigEndian(destination[12..], baseSequenceNumber.Value);
        destination[19] = feedbackPacketCount;
    }

    /// <summary>How many packets were added as received.</summary>
    public int ReceivedCount { get; private set; }

    /// <summary>The number after the last one that is covered: the base of the packet that follows this one.</summary>
    public readonly SequenceNumber NextSequenceNumber => _base.Plus(_statusCount);

    /// <summary>
    /// Adds a received packet. False, and nothing is changed, when it cannot go into this packet: no room is left, its number lies before
    /// <see cref="NextSequenceNumber"/>, or it arrived more than about 8 s away from the one before. The caller then begins a new packet.
    /// </summary>
    public bool TryAdd(SequenceNumber sequenceNumber, MonotonicTime arrival)
    {
        var gap = NextSequenceNumber.DistanceTo(sequenceNumber);
        var ticks = (arrival.Microseconds + TransportFeedback.MicrosecondsPerTick / 2) / TransportFeedback.MicrosecondsPerTick;
        var previous = ReceivedCount == 0 ? ticks - ticks % TransportFeedback.TicksPerReference : _lastTicks;
        var delta = ticks - previous;
        if (gap < 0 || _statusCount + gap + 1 > ushort.MaxValue || delta is < short.MinValue or > short.MaxValue)
        {
            return false;
        }

        var symbol = delta is >= 0 and <= byte.MaxValue ? StatusChunk.SmallDelta : StatusChunk.LargeDelta;
        var chunks = ChunksBesidesRuns + gap / StatusChunk.LongestRun;
        if (_chunksEnd + 2 * chunks + _deltasLength + symbol + LargestPadding > _destination.Length)
        {
            return false;
        }

        if (ReceivedCount == 0)
        {
            WriteReferenceTime((uint)(ticks / TransportFeedback.TicksPerReference));
        }

        AddStatuses(StatusChunk.NotReceived, gap);
        AddStatuses(symbol, 1);
        WriteDelta((short)delta, symbol);
        _statusCount += gap + 1;
        _lastTicks = ticks;
        ReceivedCount++;
        return true;
    }

    /// <summary>Closes the packet; false when nothing was received, since there is no packet to be sent then.</summary>
    public bool TryFinish(out int length)
    {
        length = 0;
        if (ReceivedCount == 0)
        {
            return false;
        }

        while (_packer.HasPending)
        {
            WriteChunk(isLast: true);
        }

        var deltas = _destination[^_deltasLength..];
        deltas.Reverse();
        deltas.CopyTo(_destination[_chunksEnd..]);
        var end = _chunksEnd + _deltasLength;
        length = (end + 3) & ~3;
        WriteHeader(length, padding: length - end);
        return true;
    }

    private void AddStatuses(int symbol, int count)
    {
        while (true)
        {
            count -= _packer.AddRun(symbol, count);
            if (count == 0)
            {
                return;
            }

            WriteChunk(isLast: false);
        }
    }

    private void WriteChunk(bool isLast)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_destination[_chunksEnd..], _packer.Take(isLast).Bits);
        _chunksEnd += 2;
    }

    private readonly void WriteReferenceTime(uint reference)
    {
        _destination[16] = (byte)(reference >> 16);
        _destination[17] = (byte)(reference >> 8);
        _destination[18] = (byte)reference;
    }

    private void WriteDelta(short delta, int length)
    {
        _deltasLength += length;
        var at = _destination[^_deltasLength..];
        if (length == 2)
        {
            BinaryPrimitives.WriteInt16LittleEndian(at, delta);
        }
        else
        {
            at[0] = (byte)delta;
        }
    }

    private readonly void WriteHeader(int length, int padding)
    {
        _destination[0] = (byte)(0x80 | (padding > 0 ? 0x20 : 0) | RtcpFeedbackFormat.TransportWide);
        _destination[1] = (byte)RtcpPacketType.TransportLayerFeedback;
        BinaryPrimitives.WriteUInt16BigEndian(_destination[2..], (ushort)(length / 4 - 1));
        BinaryPrimitives.WriteUInt16BigEndian(_destination[14..], (ushort)_statusCount);
        if (padding > 0)
        {
            _destination.Slice(length - padding, padding).Clear();
            _destination[length - 1] = (byte)padding;
        }
    }
}
