using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>Every codec of the contract is accepted, told in its usual spelling, and forwarded.</summary>
public sealed class CodecTests
{
    [Theory]
    [InlineData("AUDIO/OPUS", "audio/opus", 48_000u)]
    [InlineData("audio/MultiOpus", "audio/multiopus", 48_000u)]
    [InlineData("audio/pcmu", "audio/PCMU", 8_000u)]
    [InlineData("audio/pcma", "audio/PCMA", 8_000u)]
    [InlineData("audio/isac", "audio/ISAC", 32_000u)]
    [InlineData("audio/g722", "audio/G722", 8_000u)]
    [InlineData("audio/ILBC", "audio/iLBC", 8_000u)]
    [InlineData("audio/silk", "audio/SILK", 24_000u)]
    [InlineData("audio/cn", "audio/CN", 8_000u)]
    [InlineData("audio/Telephone-Event", "audio/telephone-event", 8_000u)]
    public void Audio_is_forwarded_from_any_packet_on(string mimeType, string canonical, uint clockRate)
    {
        var audio = Media.Audio();
        audio = audio with
        {
            RtpParameters = audio.RtpParameters with { Codecs = [audio.RtpParameters.Codecs[0] with { MimeType = mimeType, ClockRate = clockRate }] },
        };
        using var call = new Call(audio);

        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Settle();

        Assert.Single(call.Received);
        Assert.Equal(canonical, call.Producer.Dump().RtpParameters.Codecs[0].MimeType);
        Assert.Equal(canonical, call.Consumer.Dump().RtpStreams[0].Parameters.MimeType);
        Assert.Equal(canonical, Assert.IsType<RtpStreamSendStats>(call.Consumer.GetStats().Stats[0]).Base.MimeType);
    }

    [Theory]
    [InlineData("VIDEO/vp8", "video/VP8")]
    [InlineData("video/vp9", "video/VP9")]
    [InlineData("video/h264", "video/H264")]
    [InlineData("video/av1", "video/AV1")]
    public void Video_is_forwarded_from_a_key_frame_on(string mimeType, string canonical)
    {
        using var call = new Call(Media.Video(mimeType: mimeType));

        call.Sender.SendRtp(call.Source.Next(Frame(canonical, key: false)));
        call.Settle();
        Assert.Empty(call.Received);
        call.Sender.SendRtp(call.Source.Next(Frame(canonical, key: true)));
        call.Sender.SendRtp(call.Source.Next(Frame(canonical, key: false)));
        call.Settle();

        Assert.Equal(2, call.Received.Count);
        Assert.Equal(canonical, call.Producer.Dump().RtpParameters.Codecs[0].MimeType);
        Assert.Equal(canonical, call.Consumer.Dump().RtpStreams[0].Parameters.MimeType);
    }

    [Fact]
    public void An_av1_key_frame_also_shows_in_the_dependency_descriptor()
    {
        using var call = new Call(Media.Video(mimeType: "video/AV1"));
        var encrypted = new byte[50];

        call.Sender.SendRtp(call.Source.Next(encrypted, (Media.Sent.DependencyDescriptor, [0xc0, 0, 1])));
        call.Settle();
        Assert.Empty(call.Received);
        call.Sender.SendRtp(call.Source.Next(encrypted, (Media.Sent.DependencyDescriptor, [0x80, 0, 2, 0x80, 0, 0, 0])));
        call.Settle();

        Assert.Single(call.Received);
    }

    [Fact]
    public void Repair_codecs_are_kept_in_the_parameters_and_their_packets_dropped_without_a_gap()
    {
        string[] features = ["video/ulpfec", "video/red", "video/flexfec", "video/x-ulpfecuc"];
        var video = Media.Video();
        video = video with
        {
            RtpParameters = video.RtpParameters with
            {
                Codecs =
                [
                    .. video.RtpParameters.Codecs,
                    .. features.Select((mimeType, index) => new RtpCodecParameters { MimeType = mimeType.ToUpperInvariant().Replace("VIDEO", "video"), PayloadType = (byte)(112 + index), ClockRate = 90_000 }),
                ],
            },
        };
        using var call = new Call(video);
        call.SendVideo(2);

        for (byte payloadType = 112; payloadType < 116; payloadType++)
        {
            // What would be a key frame if it were VP8.
            call.Sender.SendRtp(new RtpSource(1000, payloadType, call.Source.NextSequenceNumber++).Next(Payloads.Vp8KeyFrame()));
        }

        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Settle();

        Assert.Equal(features, call.Producer.Dump().RtpParameters.Codecs.Skip(2).Select(codec => codec.MimeType));
        Assert.Equal(3, call.Received.Count);
        call.AssertNoGaps();
    }

    [Theory]
    [InlineData("audio/opus", 48_000u, "audio/telephone-event", 48_000u)]
    [InlineData("audio/PCMU", 8_000u, "audio/CN", 8_000u)]
    public void A_codec_beside_another_has_its_own_payload_type_also_when_sent_again(string first, uint firstRate, string second, uint secondRate)
    {
        var audio = Media.Audio(nack: true);
        var beside = new RtpCodecParameters { MimeType = second, PayloadType = 126, ClockRate = secondRate };
        audio = audio with
        {
            RtpParameters = audio.RtpParameters with
            {
                Codecs = [audio.RtpParameters.Codecs[0] with { MimeType = first, ClockRate = firstRate }, beside],
            },
            RtpMapping = audio.RtpMapping with { Codecs = [.. audio.RtpMapping.Codecs, new RtpCodecMapping { PayloadType = 126, MappedPayloadType = 110 }] },
        };
        using var call = new Call(audio, consume => consume with
        {
            RtpParameters = consume.RtpParameters with
            {
                Codecs =
                [
                    consume.RtpParameters.Codecs[0] with { RtcpFeedback = [new RtcpFeedback { Type = "nack" }] },
                    beside with { PayloadType = 110 },
                ],
            },
        });
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Sender.SendRtp(new RtpSource(3000, 126, call.Source.NextSequenceNumber++) { Timestamp = call.Source.Timestamp }.Next([5, 0x80, 0, 160]));
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Settle();

        call.Receiver.SendNack(5000, call.Received[1].SequenceNumber);
        call.Settle();

        Assert.Equal([100, 110, 100, 110], call.Received.Select(packet => (int)packet.PayloadType));
        Assert.Equal(call.Received[1].Bytes, call.Received[3].Bytes);
        Assert.Equal([100, 110], call.Consumer.Dump().SupportedCodecPayloadTypes.Select(type => (int)type));
    }

    private static byte[] Frame(string mimeType, bool key) => mimeType switch
    {
        "video/VP8" => key ? Payloads.Vp8KeyFrame() : Payloads.Vp8DeltaFrame(),
        "video/VP9" => SvcTests.Vp9(0, 0, key),
        "video/H264" => key ? Payloads.H264KeyFrame() : Payloads.H264DeltaFrame(),
        _ => [(byte)(key ? 0x18 : 0x10), 0x0a, 1, 2, 3],
    };
}
