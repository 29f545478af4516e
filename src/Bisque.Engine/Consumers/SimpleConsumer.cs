using System.Buffers.Binary;
using Bisque.Engine.Internal;
using Bisque.Engine.Packets;
using Bisque.Engine.Parameters;
using Bisque.Engine.Producers;
using Bisque.Engine.Sending;
using Bisque.Engine.Streams;
using Bisque.Engine.Transports;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Consumers;

/// <summary>
/// Forwards a producer's only stream: every packet, under this receiver's own SSRC and sequence numbers, from a key frame on where
/// the codec has such.
/// </summary>
internal sealed class SimpleConsumer : Consumer
{
    private const int OriginalSequenceNumberLength = 2;

    /// <summary>
    /// Where sequence numbers start. Low enough that a receiver's SRTP cannot take the first packets for ones of the previous
    /// rollover period when they arrive out of order (RFC 3711 section 3.3.1).
    /// </summary>
    private const int FirstSequenceNumberMinimum = 1000;
    private const int FirstSequenceNumberMaximum = 32767;

    private readonly RtpStreamSend _stream;
    private readonly SequenceManager _sequence;
    private readonly OutgoingHeader _header;
    private readonly MediaEncoding _encoding;
    private readonly byte[] _payloadTypes;
    private ProducerStream? _source;
    private Ssrc _referenceTimeFrom;
    private bool _syncRequired = true;
    private bool _wasActive;

    public SimpleConsumer(WorkerContext context, Transport transport, ConsumeRequest request, MediaParameters media)
        : base(context, transport, request, media)
    {
        _encoding = media.Encodings[0];
        _payloadTypes = [.. media.MediaPayloadTypes];
        _header = new OutgoingHeader(request.Kind, media);
        _sequence = new SequenceManager(
            (ushort)context.Random.NextInt32(FirstSequenceNumberMinimum, FirstSequenceNumberMaximum));
        _stream = new RtpStreamSend(
            StreamOptions.ForSending(media, 0),
            new SequenceNumber((ushort)context.Random.NextInt32(FirstSequenceNumberMinimum, FirstSequenceNumberMaximum)),
            context.Now);
    }

    public override RtpParametersType Type => RtpParametersType.Simple;

    internal override byte FractionLost => _stream.FractionLost;

    public override ConsumerStats GetStats() => new()
    {
        Stats = _source is null
            ? [StreamReports.GetStats(_stream, Context.Now)]
            : [StreamReports.GetStats(_stream, Context.Now), StreamReports.GetStats(_source.Receive, Context.Now)],
    };

    internal override void Forward(ProducerStream stream, MediaPacket packet)
    {
        if (!IsActive)
        {
            return;
        }

        ref readonly var info = ref packet.Info;
        var payloadType = Producer.MapPayloadType(info.PayloadType);
        if (packet.PayloadLength == 0 || !_payloadTypes.AsSpan().Contains(payloadType) || (Request.IgnoreDtx && IsDtx(packet)))
        {
            // The receiver must not take the hole for a loss.
            _sequence.Drop(info.SequenceNumber);
            return;
        }

        if (_syncRequired)
        {
            if (_encoding.MimeType.CanBeKeyFrame && !info.IsKeyFrame)
            {
                return;
            }

            _sequence.Sync(info.SequenceNumber.Plus(-1));
            _syncRequired = false;
        }

        if (_sequence.TryMap(info.SequenceNumber, out var sequenceNumber))
        {
            Send(stream, packet, payloadType, sequenceNumber);
        }
    }

    internal override void OnNack(in GenericNack nack, MonotonicTime now)
    {
        _stream.OnNack();
        TraceNack();
        if (!IsActive)
        {
            return;
        }

        var retransmissions = Context.Retransmissions;
        foreach (var item in nack)
        {
            foreach (ref readonly var retransmission in retransmissions.AsSpan(0, _stream.AnswerNack(item, now, retransmissions)))
            {
                Resend(retransmission);
            }
        }
    }

    internal override void OnReceiverReport(in ReportBlock report, MonotonicTime now)
    {
        if (_stream.OnReceiverReport(report, now, Context.Clock))
        {
            EmitScore();
        }
    }

    internal override void OnReceiverReferenceTime(Ssrc receiver, ReceiverReferenceTime reference, MonotonicTime now)
    {
        _referenceTimeFrom = receiver;
        _stream.OnReceiverReferenceTime(reference.Ntp, now);
    }

    internal override void OnKeyFrameRequested(KeyFrameRequestKind kind, Ssrc ssrc)
    {
        if (kind == KeyFrameRequestKind.Pli)
        {
            _stream.OnPli();
        }
        else
        {
            _stream.OnFir();
        }

        TraceKeyFrameRequest(kind, ssrc);
        RequestKeyFrame();
    }

    internal override void AddReports(RtcpCompoundBuilder compound, RtcpScheduler scheduler, MonotonicTime now)
    {
        if (!IsActive || !_stream.TryBuildSenderReport(now, Context.Clock, out var report))
        {
            return;
        }

        DlrrReport? dlrr = _stream.TryBuildDlrr(_referenceTimeFrom, now, out var answer) ? answer : null;
        if (!compound.TryAddSender(report, Media.CnameBytes, dlrr))
        {
            scheduler.SendCompound(now);
            compound.TryAddSender(report, Media.CnameBytes, dlrr);
        }
    }

    internal override void OnProducerStream(ProducerStream stream) => _source = stream;

    internal override void OnProducerStreamRestarted(ProducerStream stream)
    {
        _syncRequired = true;
        RequestKeyFrame();
    }

    private protected override ConsumerScore GetScore() => new()
    {
        Score = _stream.Score,
        ProducerScore = _source?.Receive.Score ?? 0,
        ProducerScores = [.. Producer.Streams.Select(stream => stream?.Receive.Score ?? 0)],
    };

    private protected override IReadOnlyList<RtpStreamDump> DumpStreams() =>
        [StreamReports.Dump(_stream.Options, _stream.Options.RtxSsrc, _stream.Score)];

    private protected override void OnActivityChanged()
    {
        if (IsActive == _wasActive)
        {
            return;
        }

        _wasActive = IsActive;
        if (IsActive)
        {
            _syncRequired = true;
            RequestKeyFrameNow();
        }
        else
        {
            _stream.ClearRetransmissions();
        }
    }

    private protected override void RequestKeyFrameNow()
    {
        if (Kind == MediaKind.Video && _source is not null)
        {
            Producer.RequestKeyFrame(_source);
        }
    }

    private bool IsDtx(MediaPacket packet) =>
        _encoding.MimeType.Subtype is CodecSubtype.Opus or CodecSubtype.MultiOpus && OpusPayload.IsDtx(packet.Payload);

    private void Send(ProducerStream stream, MediaPacket packet, byte payloadType, SequenceNumber sequenceNumber)
    {
        ref readonly var info = ref packet.Info;
        var head = Context.Outbox.NextHead();
        var numbers = new OutgoingNumbers(_stream.Ssrc, payloadType, sequenceNumber, info.Timestamp, info.Marker);
        var layout = _header.Write(head, numbers, packet, SenderClockLead());
        Context.Outbox.Append(Transport, new OutgoingPacket
        {
            Kind = OutgoingKind.Rtp,
            HeaderLength = layout.Length,
            HeadLength = layout.Length,
            AbsSendTimeOffset = layout.AbsSendTimeOffset,
            WideSequenceNumberOffset = layout.WideSequenceNumberOffset,
            Packet = packet,
            BodyOffset = packet.PayloadOffset,
            BodyLength = packet.PayloadLength,
        });
        _stream.OnPacketSent(
            new SentPacket
            {
                SequenceNumber = sequenceNumber,
                Timestamp = info.Timestamp,
                Marker = info.Marker,
                Size = layout.Length + packet.PayloadLength,
                PayloadLength = packet.PayloadLength,
                CapturedAt = packet.CapturedAt,
                Store = stream.Store,
                OriginalSequenceNumber = info.SequenceNumber,
                OriginalTimestamp = info.Timestamp,
            },
            Context.Now);
        TracePacket(info with { Ssrc = _stream.Ssrc, SequenceNumber = sequenceNumber, PayloadType = payloadType }, isRtx: false);
    }

    private void Resend(in Retransmission retransmission)
    {
        var packet = retransmission.Packet;
        var head = Context.Outbox.NextHead();
        var numbers = new OutgoingNumbers(
            retransmission.Ssrc, retransmission.PayloadType, retransmission.SequenceNumber, retransmission.Timestamp, retransmission.Marker);
        var layout = _header.Write(head, numbers, packet, SenderClockLead());
        var headLength = layout.Length;
        if (retransmission.IsRtx)
        {
            BinaryPrimitives.WriteUInt16BigEndian(head[headLength..], retransmission.OriginalSequenceNumber.Value);
            headLength += OriginalSequenceNumberLength;
        }

        Context.Outbox.Append(Transport, new OutgoingPacket
        {
            Kind = OutgoingKind.Rtx,
            HeaderLength = layout.Length,
            HeadLength = headLength,
            AbsSendTimeOffset = layout.AbsSendTimeOffset,
            WideSequenceNumberOffset = layout.WideSequenceNumberOffset,
            Packet = packet,
            BodyOffset = packet.PayloadOffset,
            BodyLength = packet.PayloadLength,
        });
        TracePacket(packet.Info with { Ssrc = retransmission.Ssrc, SequenceNumber = retransmission.SequenceNumber, PayloadType = retransmission.PayloadType }, isRtx: true);
    }

    /// <summary>How far the sender's clock is ahead of ours; null while that is not known.</summary>
    private TimeSpan? SenderClockLead() => Producer.Clock.GetLead(Context.Clock);
}
