using System.Buffers.Binary;
using Bisque.Primitives;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Association;

/// <summary>
/// Asks an idle peer whether it is there (RFC 9260 section 8.3), and measures the round trip. One question at a time; its 16 bytes hold
/// when it was sent and a random number, so that an answer can be neither old nor invented.
/// </summary>
internal sealed class HeartbeatHandler(TimeSpan? interval, RandomSource random)
{
    private const int InformationLength = 16;

    /// <summary>Bytes of a heartbeat.</summary>
    public static readonly int ChunkLength = HeartbeatChunk.LengthOf(InformationLength);

    private MonotonicTime _next = MonotonicTime.Never;
    private MonotonicTime _answerBy = MonotonicTime.Never;
    private MonotonicTime _sentAt;
    private ulong _nonce;

    /// <summary>When a heartbeat is to be sent, or an answer is overdue.</summary>
    public MonotonicTime NextDeadline => MonotonicTime.Min(_next, _answerBy);

    /// <summary>Waits anew: the association begins, or data has been sent.</summary>
    public void Restart(MonotonicTime now, TimeSpan rto)
    {
        if (interval is { } wait)
        {
            _next = now + wait + rto;
        }
    }

    /// <summary>Sends no more heartbeats.</summary>
    public void Stop() => _next = _answerBy = MonotonicTime.Never;

    /// <summary>Whether an answer did not come in time; says so once for each heartbeat.</summary>
    public bool TakeOverdue(MonotonicTime now)
    {
        if (now < _answerBy)
        {
            return false;
        }

        _answerBy = MonotonicTime.Never;
        return true;
    }

    /// <summary>Writes a heartbeat when it is time; else, or when there is no room, 0.</summary>
    public int WriteDue(Span<byte> room, MonotonicTime now, TimeSpan rto)
    {
        if (now < _next || room.Length < ChunkLength)
        {
            return 0;
        }

        Restart(now, rto);
        _sentAt = now;
        _answerBy = now + rto;
        _nonce = random.NextUInt64();
        Span<byte> information = stackalloc byte[InformationLength];
        BinaryPrimitives.WriteUInt64BigEndian(information, (ulong)now.Microseconds);
        BinaryPrimitives.WriteUInt64BigEndian(information[8..], _nonce);
        return HeartbeatChunk.Write(room, ChunkType.Heartbeat, information);
    }

    /// <summary>Whether <paramref name="information"/> answers the last heartbeat, even late; and how long that took.</summary>
    public bool TryAcknowledge(ReadOnlySpan<byte> information, MonotonicTime now, out TimeSpan roundTrip)
    {
        roundTrip = default;
        if (information.Length != InformationLength || _nonce == 0 || BinaryPrimitives.ReadUInt64BigEndian(information[8..]) != _nonce
            || BinaryPrimitives.ReadUInt64BigEndian(information) != (ulong)_sentAt.Microseconds)
        {
            return false;
        }

        _nonce = 0;
        _answerBy = MonotonicTime.Never;
        roundTrip = now - _sentAt;
        return true;
    }
}
