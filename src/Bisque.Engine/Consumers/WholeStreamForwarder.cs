using Bisque.Engine.Packets;
using Bisque.Engine.Producers;
using Bisque.Engine.Sending;
using Bisque.Engine.Streams;
using Bisque.Primitives;

namespace Bisque.Engine.Consumers;

/// <summary>
/// Forwards a stream of a producer whole, from a key frame on where its codec has such: all of a simple stream, and one of the
/// several streams of a pipe.
/// </summary>
internal sealed class WholeStreamForwarder(Consumer consumer, OutgoingStream outgoing)
{
    /// <summary>The producer's numbers can be this far behind its newest ones; what is farther is ahead of them.</summary>
    private const int MaxMisorder = 1500;

    private KeyFrameWait _wait;
    private RtpTimestamp? _newestTimestamp;

    /// <summary>What is forwarded; null until the producer receives it.</summary>
    public ProducerStream? Source { get; private set; }

    public OutgoingStream Outgoing => outgoing;

    /// <summary>Whether packets flow: a key frame, where one is needed, went out.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Takes a stream as the source. For a new one the producer asked for a key frame already.</summary>
    public void SetSource(ProducerStream source)
    {
        Source = source;
        _wait.NoteAsked(consumer.Context.Now);
    }

    /// <summary>Forwards nothing more until the next key frame, which follows on without a gap.</summary>
    public void BeginAnew() => HasBegun = false;

    /// <summary>The same, because the source numbers its packets anew: former numbers say nothing about the next ones.</summary>
    public void OnRestarted()
    {
        HasBegun = false;
        _newestTimestamp = null;
    }

    /// <summary>Asks the producer for a key frame, once there is a stream of which to ask.</summary>
    public void RequestKeyFrame()
    {
        if (Source is not null)
        {
            _wait.Ask(consumer.Producer, Source, consumer.Context.Now);
        }
    }

    /// <summary>Takes the next packet of <see cref="Source"/>.</summary>
    public void Forward(MediaPacket packet)
    {
        ref readonly var info = ref packet.Info;
        if (!consumer.Accepts(packet, outgoing.Encoding, out var payloadType))
        {
            // The receiver must not take the hole for a loss. Before the beginning, numbers of another time could be mistaken for open ones.
            if (HasBegun)
            {
                outgoing.Drop(Source!, packet, info.Timestamp);
            }

            return;
        }

        if (!HasBegun)
        {
            Begin(packet, payloadType);
            return;
        }

        Send(packet, payloadType);
    }

    private void Begin(MediaPacket packet, byte payloadType)
    {
        ref readonly var info = ref packet.Info;
        var needsKeyFrame = outgoing.Encoding.MimeType.CanBeKeyFrame;
        if (needsKeyFrame && !info.IsKeyFrame)
        {
            _wait.AskAgain(consumer.Producer, Source!, consumer.Context.Now);
            return;
        }

        if (needsKeyFrame && IsFromBefore(info))
        {
            return;
        }

        HasBegun = true;
        outgoing.Sequence.Sync(info.SequenceNumber.Plus(-1));
        Send(packet, payloadType);
        if (needsKeyFrame)
        {
            SendWhatOvertook(info.SequenceNumber);
        }
    }

    /// <summary>A key frame that was repaired late may be older than what was sent before a pause.</summary>
    private bool IsFromBefore(in RtpPacketInfo info) =>
        _newestTimestamp is { } newest
        && !info.Timestamp.IsNewerThan(newest)
        && info.SequenceNumber.DistanceTo(new SequenceNumber(outgoing.Sequence.NewestInput)) is >= 0 and < MaxMisorder;

    /// <summary>The rest of a key frame may have come before its first packet.</summary>
    private void SendWhatOvertook(SequenceNumber keyFrame)
    {
        for (var i = 1; i <= KeyFrameWait.MaxOvertaking; i++)
        {
            if (Source!.Store.Find(keyFrame.Plus(i)) is { } overtaking)
            {
                Forward(overtaking);
            }
        }
    }

    private void Send(MediaPacket packet, byte payloadType)
    {
        ref readonly var info = ref packet.Info;
        if (outgoing.Sequence.TryMap(info.SequenceNumber, out var sequenceNumber))
        {
            if (outgoing.Sequence.NewestInput == info.SequenceNumber.Value)
            {
                _newestTimestamp = info.Timestamp;
            }

            outgoing.Send(
                Source!, packet, new OutgoingNumbers(outgoing.Ssrc, payloadType, sequenceNumber, info.Timestamp, info.Marker));
        }
    }
}
