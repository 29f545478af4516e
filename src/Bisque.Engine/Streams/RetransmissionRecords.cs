using System.Runtime.CompilerServices;
using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>What a consumer remembers of the packets it sent, by outgoing sequence number. The packets are in the producers' stores.</summary>
internal sealed class RetransmissionRecords(bool isVideo, uint clockRate)
    : RetransmissionRing<RetransmissionRecord>(RetransmissionLimits.InTimestampUnits(isVideo, clockRate))
{
    /// <summary>Remembers a packet; false for a number that is remembered already or too old.</summary>
    public bool Add(SequenceNumber sequenceNumber, in RetransmissionRecord record) =>
        TryAdd(sequenceNumber, record.Timestamp, record);

    /// <summary>The record of a sent packet, to be read and changed in place; a null reference when there is none.</summary>
    public ref RetransmissionRecord Find(SequenceNumber sequenceNumber)
    {
        if (Has(sequenceNumber))
        {
            return ref ItemAt(sequenceNumber);
        }

        return ref Unsafe.NullRef<RetransmissionRecord>();
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => DropAll();
}
