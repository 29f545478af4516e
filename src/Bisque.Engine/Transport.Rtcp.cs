using Bisque.Engine.Streams;
using Bisque.Engine.Transports;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine;

/// <content>How RTCP passes through a transport: each report and request goes to the stream that it is about.</content>
public abstract partial class Transport
{
    /// <summary>Streams named by our own probes; whatever is reported on them concerns no consumer.</summary>
    private static readonly Ssrc ProbationSsrc = new(1234);

    private readonly RtcpScheduler _rtcp;

    /// <summary>Encrypts where needed and sends an RTCP packet, simple or compound.</summary>
    /// <param name="packet">The packet in clear; not kept.</param>
    internal void SendRtcp(ReadOnlySpan<byte> packet)
    {
        if (!OutboxChain.IsEmpty)
        {
            Context.Outbox.Flush();
        }

        SendRtcpNow(packet);
    }

    private protected abstract void SendRtcpNow(ReadOnlySpan<byte> packet);

    /// <summary>Takes a decrypted RTCP packet. A part that is not well-formed ends the reading of the rest.</summary>
    private protected void ReceiveRtcp(ReadOnlySpan<byte> bytes, MonotonicTime receivedAt)
    {
        // Reports and requests count what was sent before them.
        Context.Outbox.Flush();
        foreach (var packet in new RtcpCompound(bytes))
        {
            switch (packet.Type)
            {
                case RtcpPacketType.SenderReport:
                    OnSenderReport(packet, receivedAt);
                    break;
                case RtcpPacketType.ReceiverReport:
                    OnReceiverReport(packet, receivedAt);
                    break;
                case RtcpPacketType.TransportLayerFeedback:
                    OnTransportFeedback(packet, receivedAt);
                    break;
                case RtcpPacketType.PayloadSpecificFeedback:
                    OnPayloadFeedback(packet);
                    break;
                case RtcpPacketType.ExtendedReport:
                    OnExtendedReport(packet, receivedAt);
                    break;
                default:
                    break;
            }
        }
    }

    private void OnSenderReport(in RtcpPacket packet, MonotonicTime receivedAt)
    {
        if (!SenderReport.TryParse(packet, out var report))
        {
            Counters.MalformedPackets++;
            return;
        }

        _listener.Find(report.Info.Ssrc)?.OnSenderReport(report.Info, receivedAt);
        OnReportBlocks(report.Blocks, receivedAt);
    }

    private void OnReceiverReport(in RtcpPacket packet, MonotonicTime receivedAt)
    {
        if (!ReceiverReport.TryParse(packet, out var report))
        {
            Counters.MalformedPackets++;
            return;
        }

        OnReportBlocks(report.Blocks, receivedAt);
    }

    private void OnReportBlocks(ReportBlockList blocks, MonotonicTime receivedAt)
    {
        foreach (var block in blocks)
        {
            if (block.Ssrc != ProbationSsrc && _consumersBySsrc.TryGetValue(block.Ssrc, out var consumer))
            {
                consumer.OnReceiverReport(block, receivedAt);
            }
        }
    }

    private void OnTransportFeedback(in RtcpPacket packet, MonotonicTime receivedAt)
    {
        if (GenericNack.TryParse(packet, out var nack) && _consumersBySsrc.TryGetValue(nack.MediaSsrc, out var consumer))
        {
            consumer.OnNack(nack, receivedAt);
        }
    }

    private void OnPayloadFeedback(in RtcpPacket packet)
    {
        if (PictureLossIndication.TryParse(packet, out var pli))
        {
            if (_consumersBySsrc.TryGetValue(pli.MediaSsrc, out var consumer))
            {
                consumer.OnKeyFrameRequested(KeyFrameRequestKind.Pli, pli.MediaSsrc);
            }
        }
        else if (FullIntraRequest.TryParse(packet, out var fir))
        {
            for (var i = 0; i < fir.Count; i++)
            {
                var item = fir[i];
                if (_consumersBySsrc.TryGetValue(item.Ssrc, out var consumer))
                {
                    consumer.OnKeyFrameRequested(KeyFrameRequestKind.Fir, item.Ssrc);
                }
            }
        }
    }

    private void OnExtendedReport(in RtcpPacket packet, MonotonicTime receivedAt)
    {
        if (!ExtendedReport.TryParse(packet, out var report))
        {
            Counters.MalformedPackets++;
            return;
        }

        foreach (var block in report)
        {
            if (block.TryGetReceiverReferenceTime(out var reference))
            {
                foreach (var consumer in _consumers.Values)
                {
                    consumer.OnReceiverReferenceTime(report.SenderSsrc, reference, receivedAt);
                }
            }

            for (var i = 0; i < block.DlrrCount; i++)
            {
                // A sub-block without an SSRC is about the stream of whoever sent it.
                var dlrr = block.GetDlrr(i);
                var ssrc = dlrr.Ssrc.Value == 0 ? report.SenderSsrc : dlrr.Ssrc;
                _listener.Find(ssrc)?.OnDlrr(dlrr with { Ssrc = ssrc }, receivedAt);
            }
        }
    }
}
