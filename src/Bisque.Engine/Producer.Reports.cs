using System.Text;
using Bisque.Engine.Internal;
using Bisque.Engine.Producers;
using Bisque.Engine.Streams;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine;

/// <content>What a producer says of itself: dump, statistics, scores, traces, orientation.</content>
public sealed partial class Producer
{
    /// <summary>Between two events. Nobody turns a camera faster.</summary>
    private static readonly TimeSpan OrientationInterval = TimeSpan.FromMilliseconds(100);

    private ProducerTraceEventType[] _traceEventTypes = [];

    // Made with the first packet that tells an orientation: few producers do.
    private ChangeReporter<VideoOrientation>? _orientation;
    private DeadlineTimer? _orientationTimer;

    /// <summary>What the producer is.</summary>
    public ProducerDump Dump() => new()
    {
        Id = Id,
        Kind = Kind,
        Type = Type,
        RtpParameters = Media.Parameters,
        RtpMapping = _mapping.Dump(),
        RtpStreams = [.. _streams.OfType<ProducerStream>().Select(stream => StreamReports.Dump(stream.Receive.Options, stream.Receive.RtxSsrc, stream.Receive.Score))],
        TraceEventTypes = _traceEventTypes,
        Paused = IsPaused,
    };

    /// <summary>What was counted for each stream that a packet came of.</summary>
    public ProducerStats GetStats() => new()
    {
        Stats = [.. _streams.OfType<ProducerStream>().Select(stream => StreamReports.GetStats(stream.Receive, _context.Now))],
    };

    /// <summary>Replaces the set of trace events that are emitted.</summary>
    public void EnableTraceEvents(IReadOnlyList<ProducerTraceEventType> types) => _traceEventTypes = [.. types.Distinct().Order()];

    private void EmitScore() => _context.Emit(new ProducerScoreEvent(
        Id,
        [
            .. _streams.OfType<ProducerStream>().Select(stream => new ProducerScore
            {
                EncodingIndex = (uint)stream.EncodingIndex,
                Ssrc = stream.Ssrc.Value,
                Rid = stream.Encoding.Rid,
                Score = stream.Receive.Score,
            }),
        ]));

    private void NoteVideoOrientation(byte? value)
    {
        if (value is not { } bits || !VideoOrientation.TryParse([bits], out var orientation))
        {
            return;
        }

        if (_orientation is null)
        {
            var reporter = new ChangeReporter<VideoOrientation>(OrientationInterval, burst: 1, TellVideoOrientation);
            var timer = new DeadlineTimer(_context, Transport, reporter.OnDeadline);
            (_orientation, _orientationTimer) = (reporter, timer);
        }

        _orientation.Note(orientation, _context.Now);
        _orientationTimer!.Schedule(_orientation.NextDeadline);
    }

    private void TellVideoOrientation(VideoOrientation orientation) => _context.Emit(new ProducerVideoOrientationChangeEvent(
        Id, orientation.IsBackCamera, orientation.IsFlipped, orientation.Rotation));

    private bool Traces(ProducerTraceEventType type) => _traceEventTypes.Length > 0 && _traceEventTypes.Contains(type);

    private void Trace(ProducerTraceEventType type, TraceDirection direction, TraceInfo? info) =>
        _context.Emit(new ProducerTraceEvent(Id, type, (ulong)_context.Now.Milliseconds, direction, info));

    private void TracePacket(in RtpPacket packet, in RtpPacketInfo info, bool isRtx)
    {
        if (_traceEventTypes.Length == 0)
        {
            return;
        }

        if (info.IsKeyFrame && Traces(ProducerTraceEventType.KeyFrame))
        {
            Trace(ProducerTraceEventType.KeyFrame, TraceDirection.In, new KeyFrameTraceInfo(Describe(packet, info), isRtx));
        }
        else if (Traces(ProducerTraceEventType.Rtp))
        {
            Trace(ProducerTraceEventType.Rtp, TraceDirection.In, new RtpTraceInfo(Describe(packet, info), isRtx));
        }
    }

    private RtpPacketDump Describe(in RtpPacket packet, in RtpPacketInfo info)
    {
        var ids = Transport.ExtensionIds;
        return StreamReports.Describe(info) with
        {
            Mid = Text(packet, ids.Mid),
            Rid = Text(packet, ids.Rid),
            Rrid = Text(packet, ids.RepairedRid),
            WideSequenceNumber = packet.TryGetExtension(ids.TransportWideSequenceNumber, out var value)
                && TransportWideNumber.TryParse(value, out var number)
                    ? number.Value
                    : null,
        };
    }

    private static string? Text(in RtpPacket packet, byte id) =>
        packet.TryGetExtension(id, out var value) ? Encoding.UTF8.GetString(value) : null;

    private void TraceNack()
    {
        if (Traces(ProducerTraceEventType.Nack))
        {
            Trace(ProducerTraceEventType.Nack, TraceDirection.Out, null);
        }
    }

    private void TracePli(Ssrc ssrc)
    {
        if (Traces(ProducerTraceEventType.Pli))
        {
            Trace(ProducerTraceEventType.Pli, TraceDirection.Out, new PliTraceInfo(ssrc.Value));
        }
    }

    private void TraceFir(Ssrc ssrc)
    {
        if (Traces(ProducerTraceEventType.Fir))
        {
            Trace(ProducerTraceEventType.Fir, TraceDirection.Out, new FirTraceInfo(ssrc.Value));
        }
    }

    private void TraceSenderReport(in SenderInfo report)
    {
        if (Traces(ProducerTraceEventType.Sr))
        {
            Trace(ProducerTraceEventType.Sr, TraceDirection.In, new SrTraceInfo
            {
                Ssrc = report.Ssrc.Value,
                NtpSec = report.Ntp.Seconds,
                NtpFrac = report.Ntp.Fraction,
                RtpTs = report.RtpTimestamp.Value,
                PacketCount = report.PacketCount,
                OctetCount = report.OctetCount,
            });
        }
    }
}
