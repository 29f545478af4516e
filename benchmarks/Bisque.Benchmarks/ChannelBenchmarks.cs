using BenchmarkDotNet.Attributes;
using Bisque.Channel;
using Bisque.Model;

namespace Bisque.Benchmarks;

/// <summary>One request of the controller: its frame cut out of the stream, verified, decoded, and answered.</summary>
[MemoryDiagnoser]
public class ChannelBenchmarks : IRequestHandler, IChannelOutput
{
    private readonly ChannelSession _session;
    private readonly byte[] _short;
    private readonly byte[] _long;
    private int _handled;

    public ChannelBenchmarks()
    {
        _session = new ChannelSession(this, this);
        var writer = new MessageWriter();
        _short = writer.Request(new ChannelRequest(1, RequestMethod.WorkerCreateRouter, "", new CreateRouterRequest { RouterId = "router" })).ToArray();
        _long = writer.Request(new ChannelRequest(2, RequestMethod.TransportProduce, "transport", Produce())).ToArray();
    }

    long IChannelOutput.QueuedBytes => 0;

    [Benchmark(Description = "createRouter")]
    public int Short() => Receive(_short);

    [Benchmark(Description = "produce")]
    public int Long() => Receive(_long);

    object? IRequestHandler.Handle(ChannelRequest request)
    {
        _handled++;
        return request.Method == RequestMethod.TransportProduce ? new ProduceResponse() : null;
    }

    void IRequestHandler.Notify(ChannelNotification notification)
    {
    }

    void IChannelOutput.Write(ReadOnlySpan<byte> frame)
    {
    }

    private static ProduceRequest Produce() => new()
    {
        ProducerId = "producer",
        Kind = MediaKind.Video,
        RtpParameters = new RtpParameters
        {
            Mid = "0",
            Codecs = [Codec("video/VP8", 96), Codec("video/rtx", 97)],
            HeaderExtensions =
            [
                new RtpHeaderExtensionParameters { Uri = RtpHeaderExtensionUri.Mid, Id = 1 },
                new RtpHeaderExtensionParameters { Uri = RtpHeaderExtensionUri.AbsSendTime, Id = 4 },
            ],
            Encodings = [new RtpEncodingParameters { Ssrc = 1, Rtx = new RtxParameters { Ssrc = 2 } }],
            Rtcp = new RtcpParameters { Cname = "benchmark" },
        },
        RtpMapping = new RtpMapping
        {
            Codecs = [new RtpCodecMapping { PayloadType = 96, MappedPayloadType = 101 }],
            Encodings = [new RtpEncodingMapping { Ssrc = 1, MappedSsrc = 3 }],
        },
    };

    private static RtpCodecParameters Codec(string mimeType, byte payloadType) => new()
    {
        MimeType = mimeType,
        PayloadType = payloadType,
        ClockRate = 90_000,
        Parameters = [new CodecParameter { Name = "apt", Value = new CodecParameterValue.Integer32(96) }],
        RtcpFeedback = [new RtcpFeedback { Type = "nack" }, new RtcpFeedback { Type = "nack", Parameter = "pli" }],
    };

    private int Receive(byte[] frame)
    {
        var before = _handled;
        _session.Receive(frame);
        return _handled == before + 1 ? _handled : throw new InvalidOperationException("The request was not handled.");
    }
}
