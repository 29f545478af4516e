using Bisque.Engine.Internal;
using Bisque.Engine.Streams;
using Bisque.Model;
using Bisque.Primitives;

namespace Bisque.Engine;

/// <content>What a consumer says of itself: dump, statistics, scores, traces.</content>
public abstract partial class Consumer
{
    private ConsumerTraceEventType[] _traceEventTypes = [];

    /// <summary>What the consumer is.</summary>
    public virtual ConsumerDump Dump() => new()
    {
        Id = Id,
        Type = Type,
        ProducerId = Request.ProducerId,
        Kind = Kind,
        RtpParameters = Media.Parameters,
        ConsumableRtpEncodings = Request.ConsumableRtpEncodings,
        SupportedCodecPayloadTypes = [.. Media.MediaPayloadTypes],
        TraceEventTypes = _traceEventTypes,
        Paused = IsPaused,
        ProducerPaused = IsProducerPaused,
        Priority = Priority,
        RtpStreams = DumpStreams(),
    };

    /// <summary>What was counted for each stream sent, then for the producer's stream that is being sent.</summary>
    public abstract ConsumerStats GetStats();

    /// <summary>Replaces the set of trace events that are emitted.</summary>
    public void EnableTraceEvents(IReadOnlyList<ConsumerTraceEventType> types) => _traceEventTypes = [.. types.Distinct().Order()];

    internal ConsumeResponse Describe() => new()
    {
        Paused = IsPaused,
        ProducerPaused = IsProducerPaused,
        Score = GetScore(),
    };

    private protected abstract ConsumerScore GetScore();

    private protected abstract IReadOnlyList<RtpStreamDump> DumpStreams();

    private protected void EmitScore() => Context.Emit(new ConsumerScoreEvent(Id, GetScore()));

    private protected bool Traces(ConsumerTraceEventType type) => _traceEventTypes.Length > 0 && _traceEventTypes.Contains(type);

    private protected void TracePacket(in RtpPacketInfo info, bool isRtx)
    {
        if (_traceEventTypes.Length == 0)
        {
            return;
        }

        if (info.IsKeyFrame && Traces(ConsumerTraceEventType.KeyFrame))
        {
            Trace(ConsumerTraceEventType.KeyFrame, TraceDirection.Out, new KeyFrameTraceInfo(Describe(info), isRtx));
        }
        else if (Traces(ConsumerTraceEventType.Rtp))
        {
            Trace(ConsumerTraceEventType.Rtp, TraceDirection.Out, new RtpTraceInfo(Describe(info), isRtx));
        }
    }

    private protected void TraceNack()
    {
        if (Traces(ConsumerTraceEventType.Nack))
        {
            Trace(ConsumerTraceEventType.Nack, TraceDirection.In, null);
        }
    }

    private protected void TraceKeyFrameRequest(KeyFrameRequestKind kind, Ssrc ssrc)
    {
        if (kind == KeyFrameRequestKind.Pli && Traces(ConsumerTraceEventType.Pli))
        {
            Trace(ConsumerTraceEventType.Pli, TraceDirection.In, new PliTraceInfo(ssrc.Value));
        }
        else if (kind == KeyFrameRequestKind.Fir && Traces(ConsumerTraceEventType.Fir))
        {
            Trace(ConsumerTraceEventType.Fir, TraceDirection.In, new FirTraceInfo(ssrc.Value));
        }
    }

    private RtpPacketDump Describe(in RtpPacketInfo info) => StreamReports.Describe(info) with { Mid = Media.Mid };

    private void Trace(ConsumerTraceEventType type, TraceDirection direction, TraceInfo? info) =>
        Context.Emit(new ConsumerTraceEvent(Id, type, (ulong)Context.Now.Milliseconds, direction, info));
}
