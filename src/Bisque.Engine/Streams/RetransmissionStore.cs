using Bisque.Engine.Packets;
using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>
/// The newest packets of a producer's stream, kept once for all its consumers so that they can answer NACKs. Bounded in packets, bytes
/// and RTP time (<see cref="RetransmissionLimits"/>). Holds one reference to each packet.
/// </summary>
internal sealed class RetransmissionStore(bool isVideo, uint clockRate, int maxBytes = RetransmissionLimits.MaxBytes)
    : RetransmissionRing<MediaPacket>(RetransmissionLimits.InTimestampUnits(isVideo, clockRate))
{
    /// <summary>Bytes of the packets kept.</summary>
    public int Bytes { get; private set; }

    /// <summary>Keeps a packet, with a reference of its own. False for what is too old or kept already.</summary>
    public bool Add(MediaPacket packet)
    {
        if (!TryAdd(packet.Info.SequenceNumber, packet.Info.Timestamp, packet))
        {
            return false;
        }

        packet.AddReference();
        Bytes += packet.Info.Size;
        while (Bytes > maxBytes)
        {
            DropOldestItem();
        }

        return true;
    }

    /// <summary>The packet with the given number, or null. No reference is added: valid until the store is changed.</summary>
    public MediaPacket? Find(SequenceNumber sequenceNumber) => Has(sequenceNumber) ? ItemAt(sequenceNumber) : null;

    /// <summary>Releases everything, as when the producer pauses, restarts or closes.</summary>
    public void Clear() => DropAll();

    /// <inheritdoc/>
    protected override void OnDropped(in MediaPacket item)
    {
        Bytes -= item.Info.Size;
        item.Release();
    }
}
