using Bisque.Engine.Consumers.Layers;
using Bisque.Engine.Packets;
using Bisque.Engine.Producers;
using Bisque.Engine.Sending;
using Bisque.Engine.Streams;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Consumers;

/// <summary>
/// Makes one outgoing stream of several incoming ones: sends one of them, and goes over to another at a key frame of that one. The
/// receiver sees sequence numbers go on and timestamps grow by the time that passed between the pictures. Within the stream that is
/// sent, a filter says which layers go.
/// </summary>
internal sealed class StreamSwitch(Consumer consumer, OutgoingStream outgoing, ILayerFilter filter)
{
    /// <summary>A number farther ahead is one of a stream that was numbered anew.</summary>
    private const int MaxAhead = 3000;

    private readonly TimestampAlignment _timestamps = new(outgoing.Encoding.ClockRate);
    private ProducerStream? _target;
    private ProducerStream? _current;
    private ProducerStream? _entered;
    private readonly HeldPackets _held = new();
    private KeyFrameWait _wait;
    private KeyFrameWait _filterWait;
    private RtpTimestamp _newestTimestamp;

    /// <summary>Goes over to a stream as soon as it allows, and meanwhile goes on with the present one. Null: sends nothing more.</summary>
    /// <param name="target">The stream.</param>
    /// <param name="layers">The layers to be sent within it.</param>
    public void SetTarget(ProducerStream? target, LayerPair layers)
    {
        filter.Target = layers;

        _target = target;
        if (target is null)
        {
            _current = null;
        }
        else if (target != _current)
        {
            _timestamps.ExpectOther();
            _wait.Ask(consumer.Producer, target, consumer.Context.Now);
        }
        else if (filter.NeedsKeyFrame)
        {
            _wait.Ask(consumer.Producer, target, consumer.Context.Now);
        }
    }

    /// <summary>
    /// A stream is numbered anew and has to be entered again. Returns whether it was the one that is sent.
    /// </summary>
    public bool Leave(ProducerStream stream)
    {
        if (stream != _current)
        {
            _timestamps.Forget(stream);
            return false;
        }

        Forget(stream);
        if (_target is not null)
        {
            _wait.Ask(consumer.Producer, _target, consumer.Context.Now);
        }

        return true;
    }

    /// <summary>Asks for key frames of what is sent and of what is to be sent.</summary>
    public void RequestKeyFrame()
    {
        if (_target is not null)
        {
            _wait.Ask(consumer.Producer, _target, consumer.Context.Now);
        }

        if (_current is not null && _current != _target)
        {
            consumer.Producer.RequestKeyFrame(_current);
        }
    }

    /// <summary>Takes the next packet of any of the streams.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="mayEnter">Whether the stream may be sent although it is not the target.</param>
    /// <returns>Whether the packet is of the stream that is sent.</returns>
    public bool Forward(ProducerStream stream, MediaPacket packet, bool mayEnter = false)
    {
        if (stream != _current && stream != _target && !(mayEnter && _current is null && packet.Info.IsKeyFrame))
        {
            return false;
        }

        if (!consumer.Accepts(packet, outgoing.Encoding, out var payloadType))
        {
            if (stream == _current)
            {
                // The receiver must not take the hole for a loss.
                outgoing.Drop(stream, packet, _timestamps.Map(packet.Info.Timestamp));
            }

            return stream == _current;
        }

        if (stream == _current && !TryGoOn(packet.Info))
        {
            Forget(stream);
        }

        if (stream != _current)
        {
            if (!TryEnter(stream, packet))
            {
                return false;
            }

            Send(stream, packet, payloadType);
            RepeatParameterSets(stream, packet.Info.SequenceNumber);
            SendWhatOvertook(stream, packet.Info.SequenceNumber);
            return true;
        }

        Send(stream, packet, payloadType);
        if (filter.NeedsKeyFrame)
        {
            _filterWait.AskAgain(consumer.Producer, stream, consumer.Context.Now);
        }

        return true;
    }

    private void Forget(ProducerStream stream)
    {
        _timestamps.Forget(stream);
        _current = null;
    }

    /// <summary>
    /// Takes note of a packet's time. False when the sender's clock was set back: what comes now, in the order of its numbers, belongs to
    /// another time.
    /// </summary>
    private bool TryGoOn(in RtpPacketInfo info)
    {
        if (new SequenceNumber(outgoing.Sequence.NewestInput).DistanceTo(info.SequenceNumber) is not (> 0 and < MaxAhead))
        {
            return true;
        }

        if (info.Timestamp.DistanceTo(_newestTimestamp) > outgoing.Encoding.ClockRate)
        {
            return false;
        }

        _newestTimestamp = info.Timestamp;
        return true;
    }

    private bool TryEnter(ProducerStream stream, MediaPacket packet)
    {
        ref readonly var info = ref packet.Info;
        if (outgoing.Encoding.MimeType.CanBeKeyFrame && !info.IsKeyFrame)
        {
            _wait.AskAgain(consumer.Producer, stream, consumer.Context.Now);
            return false;
        }

        if (!_timestamps.TryAlign(stream, info, consumer.Producer.Clock))
        {
            _wait.Ask(consumer.Producer, stream, consumer.Context.Now);
            return false;
        }

        if (_timestamps.IsFrameUnfinished)
        {
            // A decoder must notice that the frame before was never finished, rather than take the two for one.
            outgoing.Sequence.Skip();
        }

        outgoing.Sequence.Sync(info.SequenceNumber.Plus(-1));
        filter.Enter(packet);
        _held.Clear();
        _newestTimestamp = info.Timestamp;
        _current = stream;
        return true;
    }

    /// <summary>
    /// Encodings of H264 give their parameter sets the same numbers. A browser that misses those of the one just entered decodes its pictures by
    /// those of the one before, in the wrong size and without an error, until the next key frame: also when they are repaired a moment later. So
    /// they go twice, before the rest of the key frame.
    /// </summary>
    private void RepeatParameterSets(ProducerStream stream, SequenceNumber keyFrame)
    {
        var isOther = _entered is not null && _entered != stream;
        _entered = stream;
        if (isOther && outgoing.Encoding.MimeType.PayloadCodec == PayloadCodec.H264 && outgoing.Sequence.TryMap(keyFrame, out var sent))
        {
            outgoing.Repeat(sent);
        }
    }

    /// <summary>The rest of a key frame may have come before its first packet. What belongs to another time is no part of it.</summary>
    private void SendWhatOvertook(ProducerStream stream, SequenceNumber keyFrame)
    {
        for (var i = 1; i <= KeyFrameWait.MaxOvertaking; i++)
        {
            if (stream.Store.Find(keyFrame.Plus(i)) is { } overtaking
                && consumer.Accepts(overtaking, outgoing.Encoding, out var payloadType)
                && TryGoOn(overtaking.Info))
            {
                Send(stream, overtaking, payloadType);
            }
        }
    }

    /// <summary>Sends a packet as the filter says, and what was held for want of it.</summary>
    private void Send(ProducerStream stream, MediaPacket packet, byte payloadType)
    {
        if (!SendInOrder(stream, packet, payloadType))
        {
            return;
        }

        for (var i = _held.Count; i > 0 && _held.Count > 0; i--)
        {
            if (FindHeld(stream, _held.Take(), out var heldPayloadType) is { } waiting)
            {
                SendInOrder(stream, waiting, heldPayloadType);
            }
        }
    }

    /// <summary>Sends a packet, but before it those held of which it tells, as far as they are before it. Returns whether it tells of any.</summary>
    private bool SendInOrder(ProducerStream stream, MediaPacket packet, byte payloadType)
    {
        var verdict = filter.Take(packet, out var output);
        for (var i = output.TellsOfHeld ? _held.Count : 0; i > 0; i--)
        {
            var number = _held.Take();
            if (!packet.Info.SequenceNumber.IsNewerThan(number))
            {
                _held.Add(number);
            }
            else if (FindHeld(stream, number, out var heldPayloadType) is { } waiting)
            {
                Deliver(stream, waiting, heldPayloadType, filter.Take(waiting, out var heldOutput), heldOutput);
            }
        }

        Deliver(stream, packet, payloadType, verdict, output);
        return output.TellsOfHeld;
    }

    /// <summary>A packet that was held, unless it is no longer kept or belongs to another time.</summary>
    private MediaPacket? FindHeld(ProducerStream stream, SequenceNumber number, out byte payloadType)
    {
        payloadType = 0;
        if (stream.Store.Find(number) is not { } waiting)
        {
            return null;
        }

        if (consumer.Accepts(waiting, outgoing.Encoding, out payloadType) && TryGoOn(waiting.Info))
        {
            return waiting;
        }

        outgoing.Drop(stream, waiting, _timestamps.Map(waiting.Info.Timestamp));
        return null;
    }

    private void Deliver(ProducerStream stream, MediaPacket packet, byte payloadType, LayerVerdict verdict, in LayerOutput output)
    {
        ref readonly var info = ref packet.Info;
        switch (verdict)
        {
            case LayerVerdict.Drop:
                outgoing.Drop(stream, packet, _timestamps.Map(info.Timestamp));
                return;
            case LayerVerdict.Hold:
                _held.Add(info.SequenceNumber);
                return;
        }

        if (!outgoing.Sequence.TryMap(info.SequenceNumber, out var sequenceNumber))
        {
            return;
        }

        var timestamp = _timestamps.Map(info.Timestamp);
        _timestamps.OnSent(stream, info, sequenceNumber, timestamp, output.Marker);
        outgoing.Send(
            stream,
            packet,
            new OutgoingNumbers(outgoing.Ssrc, payloadType, sequenceNumber, timestamp, output.Marker, _timestamps.LeadAt(info.Timestamp)),
            output.Rewrite);
    }
}
