using System.Buffers.Binary;
using System.Numerics;
using Bisque.Engine.Internal;
using Bisque.Engine.Packets;
using Bisque.Engine.Parameters;
using Bisque.Engine.Producers;
using Bisque.Engine.Streams;
using Bisque.Engine.Transports;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Sending;

/// <summary>
/// One RTP stream on its way to one receiver: numbers packets, writes their headers, queues them in the outbox, and remembers enough
/// to send them again. What is sent, and when, is its consumer's decision.
/// </summary>
internal sealed class OutgoingStream
{
    private const int OriginalSequenceNumberLength = 2;

    /// <summary>
    /// Where sequence numbers start. Low enough that a receiver's SRTP cannot take the first packets for ones of the previous
    /// rollover period when they arrive out of order (RFC 3711 section 3.3.1).
    /// </summary>
    private const int FirstSequenceNumberMinimum = 1000;
    private const int FirstSequenceNumberMaximum = 32767;

    private readonly WorkerContext _context;
    private readonly Consumer _consumer;
    private readonly OutgoingHeader _header;
    private Ssrc _referenceTimeFrom;

    public OutgoingStream(WorkerContext context, Consumer consumer, OutgoingHeader header, int encodingIndex)
    {
        _context = context;
        _consumer = consumer;
        _header = header;
        Encoding = consumer.Media.Encodings[encodingIndex];
        Sequence = new SequenceManager(FirstSequenceNumber(Encoding.Ssrc!.Value).Value);
        Rtp = new RtpStreamSend(
            StreamOptions.ForSending(consumer.Media, encodingIndex),
            Encoding.RtxSsrc is { } rtxSsrc ? FirstSequenceNumber(rtxSsrc) : default,
            context.Now);
    }

    /// <summary>What was negotiated for the stream.</summary>
    public MediaEncoding Encoding { get; }

    public Ssrc Ssrc => Rtp.Ssrc;

    /// <summary>Counters, score and reports.</summary>
    public RtpStreamSend Rtp { get; }

    /// <summary>How the producer's sequence numbers become this stream's.</summary>
    public SequenceManager Sequence { get; }

    /// <summary>Sends a packet for the first time.</summary>
    public void Send(ProducerStream source, MediaPacket packet, in OutgoingNumbers numbers, PayloadRewrite rewrite = default)
    {
        ref readonly var info = ref packet.Info;
        var head = _context.Outbox.NextHead();
        var layout = _header.Write(head, numbers, packet, SenderClockLead(), rewrite);
        var payloadLength = Append(OutgoingKind.Rtp, packet, layout, head, layout.Length, rewrite);
        var paddingLength = rewrite.IsPadding ? payloadLength : 0;
        Rtp.OnPacketSent(
            new SentPacket
            {
                SequenceNumber = numbers.SequenceNumber,
                Timestamp = numbers.Timestamp,
                PayloadType = numbers.PayloadType,
                Marker = numbers.Marker,
                Size = layout.Length + payloadLength,
                PayloadLength = payloadLength - paddingLength,
                PaddingLength = paddingLength,
                CapturedAt = packet.CapturedAt + TimeSpan.FromTicks(numbers.TimestampLead * TimeSpan.TicksPerSecond / Encoding.ClockRate),
                Store = source.Store,
                OriginalSequenceNumber = info.SequenceNumber,
                OriginalTimestamp = info.Timestamp,
                PayloadState = rewrite.State,
            },
            _context.Now);
        Trace(paddingLength > 0 ? AsPadding(packet.Info, layout.Length + paddingLength) : packet.Info, numbers, isRtx: false);
    }

    /// <summary>
    /// Leaves a packet out, so that the receiver does not notice. One that comes late leaves a hole behind, because what follows it went out
    /// with its numbers: the receiver would ask for it in vain. So it gets padding under that number.
    /// </summary>
    /// <param name="source">Where the packet is from.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="timestamp">What its timestamp is for the receiver.</param>
    public void Drop(ProducerStream source, MediaPacket packet, RtpTimestamp timestamp)
    {
        if (!Sequence.Drop(packet.Info.SequenceNumber) && Sequence.TryMap(packet.Info.SequenceNumber, out SequenceNumber open))
        {
            Send(source, packet, new OutgoingNumbers(Ssrc, Encoding.PayloadType, open, timestamp, Marker: false), PayloadRewrite.Padding);
        }
    }

    /// <summary>Sends a packet once more that must not be lost.</summary>
    /// <param name="sequenceNumber">The number under which it was just sent.</param>
    public void Repeat(SequenceNumber sequenceNumber)
    {
        if (Rtp.TryRepeat(sequenceNumber, out var repetition))
        {
            Resend(repetition);
        }
    }

    /// <summary>Sends again what a receiver misses, as far as it is still kept.</summary>
    public void AnswerNack(in GenericNack nack, MonotonicTime now)
    {
        var retransmissions = _context.Retransmissions;
        foreach (var item in nack)
        {
            var found = Rtp.AnswerNack(item, now, retransmissions);
            if (found <= BitOperations.PopCount(item.Bitmask))
            {
                _context.Log.Debug(
                    LogTags.Rtx,
                    nameof(OutgoingStream),
                    $"of {BitOperations.PopCount(item.Bitmask) + 1} packets asked for from {item.PacketId.Value} on {found} are sent again, the others are "
                    + $"no longer kept or were just sent again [consumerId:{_consumer.Id}, ssrc:{Ssrc}]");
            }

            foreach (ref readonly var retransmission in retransmissions.AsSpan(0, found))
            {
                Resend(retransmission);
            }
        }
    }

    public void OnReceiverReferenceTime(Ssrc receiver, ReceiverReferenceTime reference, MonotonicTime now)
    {
        _referenceTimeFrom = receiver;
        Rtp.OnReceiverReferenceTime(reference.Ntp, now);
    }

    /// <summary>Adds the sender report, if there is something to report.</summary>
    public void AddReport(RtcpCompoundBuilder compound, RtcpScheduler scheduler, MonotonicTime now)
    {
        if (!Rtp.TryBuildSenderReport(now, _context.Clock, out var report))
        {
            return;
        }

        var cname = _consumer.Media.CnameBytes;
        DlrrReport? dlrr = Rtp.TryBuildDlrr(_referenceTimeFrom, now, out var answer) ? answer : null;
        if (!compound.TryAddSender(report, cname, dlrr))
        {
            scheduler.SendCompound(now);
            compound.TryAddSender(report, cname, dlrr);
        }
    }

    private void Resend(in Retransmission retransmission)
    {
        var packet = retransmission.Packet;
        var head = _context.Outbox.NextHead();
        var numbers = new OutgoingNumbers(
            retransmission.Ssrc, retransmission.PayloadType, retransmission.SequenceNumber, retransmission.Timestamp, retransmission.Marker);
        var rewrite = new PayloadRewrite(retransmission.PayloadState);
        var layout = _header.Write(head, numbers, packet, SenderClockLead(), rewrite);
        var headLength = layout.Length;
        if (retransmission.IsRtx)
        {
            BinaryPrimitives.WriteUInt16BigEndian(head[headLength..], retransmission.OriginalSequenceNumber.Value);
            headLength += OriginalSequenceNumberLength;
        }

        var payloadLength = Append(OutgoingKind.Rtx, packet, layout, head, headLength, rewrite);
        Trace(rewrite.IsPadding ? AsPadding(packet.Info, headLength + payloadLength) : packet.Info, numbers, isRtx: true);
    }

    /// <summary>Queues the packet with its payload as the receiver is to get it. Returns the payload's length.</summary>
    private int Append(
        OutgoingKind kind, MediaPacket packet, in OutgoingHeaderLayout layout, Span<byte> head, int headLength, PayloadRewrite rewrite)
    {
        if (rewrite.ChangesWhole && TryAppendWhole(kind, packet, layout, headLength, rewrite, out var payloadLength))
        {
            return payloadLength;
        }

        var prefix = rewrite.WritePrefix(packet.Payload, head[headLength..], out var replaced);
        Append(kind, layout, headLength + prefix, packet.Buffer, packet.PayloadOffset + replaced, packet.PayloadLength - replaced);
        return packet.PayloadLength + prefix - replaced;
    }

    /// <summary>Some of the few packets at the border of two frames: theirs is a copy of the payload, in a buffer of its own.</summary>
    private bool TryAppendWhole(
        OutgoingKind kind, MediaPacket packet, in OutgoingHeaderLayout layout, int headLength, PayloadRewrite rewrite, out int length)
    {
        var copy = _context.Loop.Packets.Rent();
        copy.Length = PacketBuffer.Capacity;
        var isWritten = rewrite.TryWriteWhole(packet.Payload, copy.Span, out length);
        if (isWritten)
        {
            Append(kind, layout, headLength, copy, copy.Offset, length);
        }

        copy.Release();
        return isWritten;
    }

    private void Append(OutgoingKind kind, in OutgoingHeaderLayout layout, int headLength, PacketBuffer body, int bodyOffset, int bodyLength) =>
        _context.Outbox.Append(_consumer.Transport, new OutgoingPacket
        {
            Kind = kind,
            HeaderLength = layout.Length,
            HeadLength = headLength,
            AbsSendTimeOffset = layout.AbsSendTimeOffset,
            WideSequenceNumberOffset = layout.WideSequenceNumberOffset,
            Buffer = body,
            BodyOffset = bodyOffset,
            BodyLength = bodyLength,
        });

    /// <summary>What is told of padding that goes in a packet's place.</summary>
    private static RtpPacketInfo AsPadding(in RtpPacketInfo info, int size) =>
        info with { IsKeyFrame = false, PayloadLength = 0, PaddingLength = 1, Size = size };

    private void Trace(in RtpPacketInfo info, in OutgoingNumbers numbers, bool isRtx)
    {
        if (_consumer.TracesAnything)
        {
            _consumer.TracePacket(
                info with
                {
                    Ssrc = numbers.Ssrc,
                    PayloadType = numbers.PayloadType,
                    SequenceNumber = numbers.SequenceNumber,
                    Timestamp = numbers.Timestamp,
                    Marker = numbers.Marker,
                },
                isRtx);
        }
    }

    /// <summary>Random, unless a consumer before this one sent under the SSRC: then behind what SRTP encrypted for that (RFC 3711 section 9.1).</summary>
    private SequenceNumber FirstSequenceNumber(Ssrc ssrc) =>
        _consumer.Transport.SendSession is { } session && session.TryGetNextSequenceNumber(ssrc, out var next)
            ? next
            : new SequenceNumber((ushort)_context.Random.NextInt32(FirstSequenceNumberMinimum, FirstSequenceNumberMaximum));

    /// <summary>How far the sender's clock is ahead of ours; null while that is not known.</summary>
    private TimeSpan? SenderClockLead() => _consumer.Producer.Clock.GetLead(_context.Clock);
}
