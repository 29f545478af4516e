using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Streams;

/// <summary>A <see cref="NackGenerator"/> with the messages that come of it, and their counters.</summary>
internal sealed class NackRequester
{
    /// <summary>Packets asked for in one message: its items fit a packet of any path even when none of them share one.</summary>
    private const int MaxPerMessage = 128;

    private readonly NackGenerator _generator = new(NackLimits.Default);
    private readonly SequenceNumber[] _due = new SequenceNumber[MaxPerMessage];
    private readonly NackItem[] _items = new NackItem[MaxPerMessage];

    /// <summary>Messages made.</summary>
    public ulong NackCount { get; private set; }

    /// <summary>Packets asked for in them.</summary>
    public ulong NackPacketCount { get; private set; }

    /// <summary>When <see cref="TakeDue"/> is to be called.</summary>
    public MonotonicTime NextDeadline => _generator.NextDeadline;

    /// <summary>Takes note of a packet.</summary>
    public NackArrival OnPacket(in RtpPacketInfo packet, bool isRecovered, MonotonicTime now) =>
        _generator.OnPacket(packet.SequenceNumber, packet.IsKeyFrame, isRecovered, now);

    /// <summary>The items of the next message to send, empty when nothing is due. Valid until the next call.</summary>
    public ReadOnlySpan<NackItem> TakeDue(MonotonicTime now, TimeSpan? roundTripTime)
    {
        var count = _generator.TakeDue(now, roundTripTime, _due);
        if (count == 0)
        {
            return [];
        }

        NackCount++;
        NackPacketCount += (ulong)count;
        return _items.AsSpan(0, NackPacker.Pack(_due.AsSpan(0, count), _items));
    }

    /// <summary>Whether a key frame is needed; true once per need.</summary>
    public bool TakeKeyFrameNeed()
    {
        if (!_generator.NeedsKeyFrame)
        {
            return false;
        }

        _generator.ClearKeyFrameNeed();
        return true;
    }

    /// <summary>Forgets what is missing.</summary>
    public void Reset() => _generator.Reset();
}
