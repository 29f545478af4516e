using Bisque.Engine.Streams;
using Bisque.Engine.Transports;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine;

/// <content>What receivers report and ask for, and what they are told.</content>
public abstract partial class Consumer
{
    internal void OnNack(in GenericNack nack, MonotonicTime now)
    {
        if (IndexOf(nack.MediaSsrc) is not (var index and >= 0))
        {
            return;
        }

        Outgoing[index].Rtp.OnNack();
        TraceNack();
        if (IsActive)
        {
            Outgoing[index].AnswerNack(nack, now);
        }
    }

    internal void OnReceiverReport(in ReportBlock report, MonotonicTime now)
    {
        if (IndexOf(report.Ssrc) is var index and >= 0 && Outgoing[index].Rtp.OnReceiverReport(report, now, Context.Clock))
        {
            Context.Log.Debug(
                LogTags.Score, GetType().Name, $"the score of what is sent as SSRC {report.Ssrc} is now {Outgoing[index].Rtp.Score} [consumerId:{Id}]");
            EmitScore();
        }
    }

    internal void OnReceiverReferenceTime(Ssrc receiver, ReceiverReferenceTime reference, MonotonicTime now)
    {
        foreach (var stream in Outgoing)
        {
            stream.OnReceiverReferenceTime(receiver, reference, now);
        }
    }

    internal void OnKeyFrameRequested(KeyFrameRequestKind kind, Ssrc ssrc)
    {
        if (IndexOf(ssrc) is not (var index and >= 0))
        {
            return;
        }

        if (kind == KeyFrameRequestKind.Pli)
        {
            Outgoing[index].Rtp.OnPli();
        }
        else
        {
            Outgoing[index].Rtp.OnFir();
        }

        Context.Log.Debug(LogTags.Rtcp, GetType().Name, $"the receiver asks for a key frame of SSRC {ssrc} by {kind} [consumerId:{Id}]");
        TraceKeyFrameRequest(kind, ssrc);
        if (IsActive)
        {
            RequestKeyFrameNow(index);
        }
    }

    internal void AddReports(RtcpCompoundBuilder compound, RtcpScheduler scheduler, MonotonicTime now)
    {
        if (!IsActive)
        {
            return;
        }

        foreach (var stream in Outgoing)
        {
            stream.AddReport(compound, scheduler, now);
        }
    }

    private int IndexOf(Ssrc ssrc)
    {
        for (var i = 0; i < Outgoing.Length; i++)
        {
            if (Outgoing[i].Ssrc == ssrc)
            {
                return i;
            }
        }

        return -1;
    }
}
