using System.Buffers.Binary;
using Bisque.Engine.Internal;
using Bisque.Engine.Parameters;
using Bisque.Engine.Producers;
using Bisque.Engine.Streams;
using Bisque.Model;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine;

/// <content>How a packet passes through a producer.</content>
public sealed partial class Producer
{
    private const int OriginalSequenceNumberLength = 2;

    /// <summary>
    /// Takes an RTP packet from the worker's owner as if it had arrived. The bytes are copied; what is longer than
    /// <see cref="DirectTransport.MaxRtpLength"/>, not well-formed or not of a producer of this transport is dropped and counted.
    /// </summary>
    /// <exception cref="RequestException">Error: the producer is not on a direct transport.</exception>
    public void InjectRtp(ReadOnlySpan<byte> packet)
    {
        if (Transport is not DirectTransport direct)
        {
            throw RequestException.Error($"Producer {Id} is not on a DirectTransport");
        }

        direct.InjectRtp(packet);
    }

    /// <summary>Takes a packet of this producer: a new one goes to the router at once.</summary>
    internal ProducerReceiveResult Receive(PacketBuffer buffer, in RtpPacket packet)
    {
        var (stream, isRtx) = FindStream(packet);
        if (stream is null && (stream = TryCreateStream(packet, ref isRtx)) is null)
        {
            return ProducerReceiveResult.NoStream;
        }

        // A transport counts what came to it, whatever the stream then makes of it.
        var result = isRtx ? ProducerReceiveResult.Retransmission : ProducerReceiveResult.Media;
        var payloadOffset = packet.PayloadOffset;
        var payload = packet.Payload;
        if (isRtx && payload.Length >= OriginalSequenceNumberLength)
        {
            payloadOffset += OriginalSequenceNumberLength;
            payload = payload[OriginalSequenceNumberLength..];
        }

        var payloadInfo = Inspect(
            stream.Encoding, packet, payload, isRtx, stream.Dependencies, isRtx ? OriginalSequenceNumber(packet.Payload) : packet.SequenceNumber);
        var info = new RtpPacketInfo
        {
            Ssrc = packet.Ssrc,
            PayloadType = packet.PayloadType,
            SequenceNumber = packet.SequenceNumber,
            Timestamp = packet.Timestamp,
            Marker = packet.Marker,
            IsKeyFrame = payloadInfo.IsKeyFrame,
            SpatialLayer = payloadInfo.SpatialLayer,
            TemporalLayer = payloadInfo.TemporalLayer,
            Size = packet.Length,
            PayloadLength = packet.Payload.Length,
            PaddingLength = packet.PaddingLength,
            ReceivedAt = buffer.ReceivedAt,
        };

        var accepted = isRtx
            ? stream.Receive.ReceiveRtxPacket(info, OriginalSequenceNumber(packet.Payload), _context.Now, out info)
            : stream.Receive.ReceivePacket(info, _context.Now);
        stream.Reschedule();
        if (!accepted)
        {
            return result;
        }

        if (info.IsKeyFrame)
        {
            _keyFrameRequests?.OnKeyFrame(stream.Ssrc);
        }

        if (!IsPaused)
        {
            Forward(stream, buffer, packet, info, payloadInfo, payloadOffset, payload.Length, isRtx);
        }

        return result;
    }

    private void Forward(
        ProducerStream stream,
        PacketBuffer buffer,
        in RtpPacket packet,
        in RtpPacketInfo info,
        in PayloadInfo payloadInfo,
        int payloadOffset,
        int payloadLength,
        bool isRtx)
    {
        TracePacket(packet, info, isRtx);
        var extensions = _extensions.Read(packet, buffer.Offset);
        if (extensions.AbsoluteCaptureTime is { } captureTime)
        {
            stream.Receive.Timeline.OnCaptureTime(captureTime, extensions.CaptureClockOffset, info.Timestamp, info.ReceivedAt);
        }

        NoteVideoOrientation(extensions.VideoOrientation);
        if (_numbersPackets && extensions.PacketId is null)
        {
            extensions = extensions with { PacketId = _context.NextPacketId() };
        }

        var capturedAt = Clock.GetCaptureInstant(stream.Receive.Timeline, info.Timestamp, info.ReceivedAt);
        var media = _context.Packets.Rent(buffer, info, extensions, buffer.Offset + payloadOffset, payloadLength, capturedAt, payloadInfo);
        stream.Store.Add(media);
        if (payloadInfo.Dependencies.StructureLength > 0)
        {
            stream.DescribeWhatOvertook(info.SequenceNumber);
        }

        Transport.Router.Forward(this, stream, media);
        media.Release();
    }

    /// <summary>A packet of another codec, such as forward error correction, has nothing to say about the picture.</summary>
    private PayloadInfo Inspect(
        MediaEncoding encoding, in RtpPacket packet, ReadOnlySpan<byte> payload, bool isRtx, DependencyDescriptorReader? reader, SequenceNumber number)
    {
        if (!isRtx && packet.PayloadType != encoding.PayloadType)
        {
            return PayloadInspector.Inspect(PayloadCodec.Other, payload);
        }

        packet.TryGetExtension(_extensions.DependencyDescriptorId, out var dependencies);
        return PayloadInspector.Inspect(encoding.MimeType.PayloadCodec, payload, dependencies, reader, number);
    }

    private static SequenceNumber OriginalSequenceNumber(ReadOnlySpan<byte> payload) =>
        new(payload.Length >= OriginalSequenceNumberLength ? BinaryPrimitives.ReadUInt16BigEndian(payload) : (ushort)0);

    private (ProducerStream? Stream, bool IsRtx) FindStream(in RtpPacket packet)
    {
        foreach (var stream in _streams)
        {
            if (stream is null)
            {
                continue;
            }

            if (stream.Ssrc == packet.Ssrc)
            {
                return (stream, false);
            }

            if (stream.Receive.RtxSsrc == packet.Ssrc)
            {
                return (stream, true);
            }
        }

        return (null, false);
    }

    /// <summary>
    /// Finds the encoding that an unknown SSRC belongs to: by the negotiated SSRC, else by RID, else because there is only one that
    /// names neither. A media packet opens its stream; the first RTX packet tells the SSRC of retransmissions.
    /// </summary>
    private ProducerStream? TryCreateStream(in RtpPacket packet, ref bool isRtx)
    {
        for (var i = 0; i < _streams.Length; i++)
        {
            var encoding = Media.Encodings[i];
            if (!Matches(encoding, packet, out var matchesAsRtx))
            {
                continue;
            }

            if (matchesAsRtx)
            {
                return LearnRtx(_streams[i], packet.Ssrc, ref isRtx);
            }

            return packet.PayloadType == encoding.PayloadType && _streams[i] is null ? CreateStream(i, packet) : null;
        }

        return null;
    }

    private bool Matches(MediaEncoding encoding, in RtpPacket packet, out bool asRtx)
    {
        asRtx = encoding.RtxPayloadType is { } rtx && packet.PayloadType == rtx;
        if (encoding.Ssrc is { } ssrc)
        {
            return asRtx ? encoding.RtxSsrc == packet.Ssrc : ssrc == packet.Ssrc;
        }

        if (encoding.Rid is null)
        {
            return _streams.Length == 1;
        }

        if (!packet.TryGetExtension(Transport.ExtensionIds.Rid, out var rid))
        {
            packet.TryGetExtension(Transport.ExtensionIds.RepairedRid, out rid);
        }

        return TextTable.Equal(rid, encoding.Rid);
    }

    private ProducerStream? LearnRtx(ProducerStream? stream, Ssrc rtxSsrc, ref bool isRtx)
    {
        if (stream is null || !(stream.Receive.RtxSsrc == rtxSsrc || stream.Receive.TryLearnRtxSsrc(rtxSsrc)))
        {
            return null;
        }

        Transport.LearnSsrc(rtxSsrc, this);
        _context.Log.Debug(
            LogTags.Rtp, nameof(Producer), $"retransmissions of SSRC {stream.Ssrc} come under SSRC {rtxSsrc} [producerId:{Id}]");
        isRtx = true;
        return stream;
    }

    private ProducerStream CreateStream(int index, in RtpPacket packet)
    {
        var encoding = Media.Encodings[index];
        var receive = new RtpStreamRecv(
            StreamOptions.ForReceiving(Media, index, packet.Ssrc, inactivityCheck: Type == RtpParametersType.Simulcast),
            this,
            _context.Now);
        if (IsPaused)
        {
            receive.Pause();
        }

        ProducerStream? created = null;
        var timer = new DeadlineTimer(_context, Transport, now =>
        {
            receive.OnDeadline(now);
            created!.Reschedule();
        });
        created = new ProducerStream(index, encoding, _mapping.Ssrc(index), receive, timer);
        _streams[index] = created;
        Transport.LearnSsrc(packet.Ssrc, this);
        _context.Log.Debug(
            LogTags.Rtp,
            nameof(Producer),
            $"stream {index} begins: SSRC {packet.Ssrc}, RID '{encoding.Rid}', payload type {packet.PayloadType} [producerId:{Id}]");
        EmitScore();
        if (Inspect(encoding, packet, packet.Payload, isRtx: false, reader: null, packet.SequenceNumber).IsKeyFrame)
        {
            // Consumers that would ask for one are about to get it.
            _opensWithKeyFrame = created;
        }
        else
        {
            RequestKeyFrame(created, force: true);
        }

        foreach (var consumer in _consumers)
        {
            consumer.OnProducerStream(created);
            consumer.OnProducerStreamScoreChanged(created);
        }

        _opensWithKeyFrame = null;
        return created;
    }
}
