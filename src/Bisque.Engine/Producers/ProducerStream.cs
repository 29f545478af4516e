using Bisque.Engine.Internal;
using Bisque.Engine.Parameters;
using Bisque.Engine.Streams;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Producers;

/// <summary>
/// One encoding of a producer while packets of it arrive: the receiving stream, and the packets kept in case a receiver asks for
/// them again. They are kept here once for all receivers.
/// </summary>
internal sealed class ProducerStream(
    int encodingIndex, MediaEncoding encoding, Ssrc mappedSsrc, RtpStreamRecv receive, DeadlineTimer timer)
{
    private const int MaxOvertaking = 128;

    public int EncodingIndex => encodingIndex;

    public MediaEncoding Encoding => encoding;

    /// <summary>The SSRC under which the router knows the stream.</summary>
    public Ssrc MappedSsrc => mappedSsrc;

    public RtpStreamRecv Receive => receive;

    public Ssrc Ssrc => receive.Ssrc;

    public RetransmissionStore Store { get; } = new(encoding.MimeType.Kind == Model.MediaKind.Video, encoding.ClockRate);

    /// <summary>Reads the stream's dependency descriptors; null for codecs that have none.</summary>
    public DependencyDescriptorReader? Dependencies { get; } =
        encoding.MimeType.PayloadCodec is PayloadCodec.Av1 or PayloadCodec.H264 ? new DependencyDescriptorReader() : null;

    /// <summary>
    /// Reads again, once, the descriptors of packets that came before the one that has their structure. One that can still not be read never will.
    /// </summary>
    public void DescribeWhatOvertook(SequenceNumber structure)
    {
        for (var i = 1; i <= MaxOvertaking; i++)
        {
            var number = structure.Plus(i);
            if (Store.Find(number) is { IsDescribedAgain: false, PayloadInfo.Dependencies: { IsPresent: true, Structure: null } } packet)
            {
                var descriptor = packet.Buffer.Array.AsSpan(
                    packet.Extensions.DependencyDescriptorOffset, packet.Extensions.DependencyDescriptorLength);
                packet.DescribeAgain(PayloadInspector.Inspect(encoding.MimeType.PayloadCodec, packet.Payload, descriptor, Dependencies, number));
            }
        }
    }

    /// <summary>To be called after everything that may have moved the stream's deadline.</summary>
    public void Reschedule() => timer.Schedule(receive.NextDeadline);

    public void Close()
    {
        timer.Stop();
        Store.Clear();
    }
}
