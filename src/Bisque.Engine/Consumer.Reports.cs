using Bisque.Engine.Internal;
using Bisque.Engine.Producers;
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
        RtpStreams = [.. Outgoing.Select(stream => StreamReports.Dump(stream.Rtp.Options, stream.Rtp.Options.RtxSsrc, stream.Rtp.Score))],
    };

    /// <summary>What was counted for each stream sent, then for the producer's stream that is being sent.</summary>
    public ConsumerStats GetStats()
    {
        var stats = new List<RtpStreamStats>();
        foreach (var stream in Outgoing)
        {
            stats.Add(StreamReports.GetStats(stream.Rtp, Context.Now));
        }

        if (CurrentSource is { } source)
        {
            stats.Add(StreamReports.GetStats(source.Receive, Context.Now));
        }

        return new ConsumerStats { Stats = stats };
    }

    /// <summary>Replaces the set of trace events that are emitted.</summary>
    public void EnableTraceEvents(IReadOnlyList<ConsumerTraceEventType> types) => _traceEventTypes = [.. types.Distinct().Order()];

    internal bool TracesAnything => _traceEventTypes.Length > 0;

    internal virtual ConsumeResponse Describe() => new()
    {
        Paused = IsPaused,
        ProducerPaused = IsProducerPaused,
        Score = GetScore(),
    };

    /// <summary>The producer's stream that is being sent; null when there is none, or no single one.</summary>
    private protected abstract ProducerStream? CurrentSource { get; }

    /// <summary>Whether the controller hears of scores.</summary>
    private protected virtual bool TellsScore => true;

    private protected virtual ConsumerScore GetScore() => new()
    {
        Score = Outgoing[0].Rtp.Score,
        ProducerScore = CurrentSource?.Receive.Score ?? 0,
        ProducerScores = [.. Producer.Streams.Select(stream => stream?.Receive.Score ?? 0)],
    };

    private protected void EmitScore()
    {
        if (TellsScore)
        {
            Context.Emit(new ConsumerScoreEvent(Id, GetScore()));
        }
    }

    internal void TracePacket(in RtpPacketInfo info, bool isRtx)
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

    private void TraceNack()
    {
        if (Traces(ConsumerTraceEventType.Nack))
        {
            Trace(ConsumerTraceEventType.Nack, TraceDirection.In, null);
        }
    }

    private void TraceKeyFrameRequest(KeyFrameRequestKind kind, Ssrc ssrc)
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

    private bool Traces(ConsumerTraceEventType type) => TracesAnything && _traceEventTypes.Contains(type);

    private RtpPacketDump Describe(in RtpPacketInfo info) => StreamReports.Describe(info) with { Mid = Media.Mid };

    private void Trace(ConsumerTraceEventType type, TraceDirection direction, TraceInfo? info) =>
        Context.Emit(new ConsumerTraceEvent(Id, type, (ulong)Context.Now.Milliseconds, direction, info));
}
