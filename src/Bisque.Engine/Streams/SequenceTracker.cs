using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>Follows the sequence numbers of a received stream: wraps, jumps, restarts, duplicates (RFC 3550 appendix A.1).</summary>
internal sealed class SequenceTracker
{
    /// <summary>The largest gap taken for loss (RFC 3550 appendix A.1).</summary>
    public const int MaxDropout = 3000;

    /// <summary>How late a packet may come: RFC 3550 suggests 100, retransmissions need more.</summary>
    public const int MaxMisorder = 1500;

    private readonly SequenceWindow _received = new();
    private SequenceNumber _first;
    private SequenceNumber? _expectedAfterJump;
    private uint _cycles;

    /// <summary>Whether a packet was accepted.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>The newest accepted number.</summary>
    public SequenceNumber Highest { get; private set; }

    /// <summary>The newest number with the count of wraps in the upper 16 bits.</summary>
    public uint ExtendedHighest => _cycles + Highest.Value;

    /// <summary>Packets that the sender must have sent since the first, or since the last restart.</summary>
    public uint ExpectedPackets => HasStarted ? ExtendedHighest - _first.Value + 1 : 0;

    /// <summary>Takes note of a packet.</summary>
    public SequenceArrival OnPacket(SequenceNumber sequenceNumber)
    {
        if (!HasStarted)
        {
            Restart(sequenceNumber);
            return SequenceArrival.Newer;
        }

        var ahead = Highest.DistanceTo(sequenceNumber);
        switch (ahead)
        {
            case > 0 and < MaxDropout:
                Advance(sequenceNumber, ahead);
                return SequenceArrival.Newer;
            case <= 0 and > -MaxMisorder:
                if (_received.Contains(sequenceNumber))
                {
                    return SequenceArrival.Duplicate;
                }

                _received.Add(sequenceNumber);
                return SequenceArrival.Late;
            default:
                if (_expectedAfterJump == sequenceNumber)
                {
                    Restart(sequenceNumber);
                    return SequenceArrival.Resynchronized;
                }

                _expectedAfterJump = sequenceNumber.Next;
                return SequenceArrival.OutOfRange;
        }
    }

    /// <summary>
    /// Takes note of a packet that was recovered by retransmission. Such packets never restart the numbering: a sender may probe with
    /// packets of any age.
    /// </summary>
    public SequenceArrival OnRecoveredPacket(SequenceNumber sequenceNumber) =>
        HasStarted && Highest.DistanceTo(sequenceNumber) is > -MaxMisorder and < MaxDropout
            ? OnPacket(sequenceNumber)
            : SequenceArrival.OutOfRange;

    private void Advance(SequenceNumber sequenceNumber, int by)
    {
        if (sequenceNumber.Value < Highest.Value)
        {
            _cycles += 0x1_0000;
        }

        // The bits ahead still tell of numbers one window ago.
        for (var i = 1; i < by; i++)
        {
            _received.Remove(Highest.Plus(i));
        }

        _received.Add(sequenceNumber);
        Highest = sequenceNumber;
    }

    private void Restart(SequenceNumber sequenceNumber)
    {
        _received.Clear();
        _received.Add(sequenceNumber);
        _first = sequenceNumber;
        _cycles = 0;
        _expectedAfterJump = null;
        Highest = sequenceNumber;
        HasStarted = true;
    }
}
