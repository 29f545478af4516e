using Bisque.Model;

namespace Bisque.Channel.Tests.Messages;

/// <summary>What Node's controller reads without asking whether it is there (and what it must not find).</summary>
public sealed class WireDetailTests
{
    private readonly MessageWriter _writer = new();

    [Fact]
    public void An_empty_rid_of_a_stream_is_present()
    {
        var dump = (ProducerDump)Sample.Create(typeof(ProducerDump), full: true);
        var stream = dump.RtpStreams[0] with
        {
            Parameters = dump.RtpStreams[0].Parameters with { Rid = "" },
            RtxStream = new RtxStreamDump { Parameters = new RtxStreamParameters { MimeType = "video/rtx", Rrid = "", Cname = "c" } },
        };

        var read = Answer(RequestMethod.ProducerDump, dump with { RtpStreams = [stream] }).BodyAsProducerDump().RtpStreams(0)!.Value;

        Assert.NotNull(read.Params!.Value.Rid);
        Assert.NotNull(read.RtxStream!.Value.Params!.Value.Rrid);
    }

    [Fact]
    public void Empty_vectors_are_present()
    {
        var dump = Answer(RequestMethod.RouterDump, Sample.Create(typeof(RouterDump), full: false)).BodyAsRouterDump();

        Assert.True(dump.HasTransportIds && dump.HasRtpObserverIds && dump.HasMapProducerIdConsumerIds && dump.HasMapConsumerIdProducerId
            && dump.HasMapProducerIdObserverIds && dump.HasMapDataProducerIdDataConsumerIds && dump.HasMapDataConsumerIdDataProducerId);
    }

    [Fact]
    public void An_unset_optional_number_is_absent_and_a_zero_is_not()
    {
        var encoding = new RtpEncodingParameters { Ssrc = 0 };
        var dump = (ConsumerDump)Sample.Create(typeof(ConsumerDump), full: false) with { ConsumableRtpEncodings = [encoding] };

        var read = Answer(RequestMethod.ConsumerDump, dump).BodyAsConsumerDumpResponse().Data!.Value.Base!.Value.ConsumableRtpEncodings(0)!.Value;

        Assert.Equal(0u, read.Ssrc);
        Assert.Null(read.MaxBitrate);
        Assert.Null(read.CodecPayloadType);
    }

    [Fact]
    public void Unset_layers_of_a_consumer_are_written()
    {
        var dump = new ConsumerDump
        {
            Id = "c",
            ProducerId = "p",
            RtpParameters = (RtpParameters)Sample.Create(typeof(RtpParameters), full: false),
            ConsumableRtpEncodings = [],
            SupportedCodecPayloadTypes = [],
            TraceEventTypes = [],
            RtpStreams = [],
        };

        var read = Answer(RequestMethod.ConsumerDump, dump).BodyAsConsumerDumpResponse().Data!.Value;

        Assert.Equal((short)-1, read.PreferredSpatialLayer);
        Assert.Equal((short)-1, read.CurrentTemporalLayer);
    }

    [Fact]
    public void An_empty_list_of_log_tags_is_not_an_absent_one()
    {
        var empty = new ChannelRequest(1, RequestMethod.WorkerUpdateSettings, "", new UpdateSettingsRequest { LogTags = [] });
        var absent = empty with { Body = new UpdateSettingsRequest() };

        Assert.True(Frames.Open(_writer.Request(empty)).DataAsRequest().BodyAsUpdateSettingsRequest().HasLogTags);
        Assert.False(Frames.Open(_writer.Request(absent)).DataAsRequest().BodyAsUpdateSettingsRequest().HasLogTags);
    }

    [Fact]
    public void Base_statistics_stand_in_a_table_of_their_own()
    {
        var stats = (ConsumerStats)Sample.Create(typeof(ConsumerStats), full: true);

        var read = Answer(RequestMethod.ConsumerGetStats, stats).BodyAsConsumerStats();

        Assert.Equal(Wire.RtpStreamStatsData.RtpStreamRecvStats, read.Stats(0)!.Value.DataType);
        Assert.Equal(
            Wire.RtpStreamStatsData.RtpStreamBaseStats,
            read.Stats(1)!.Value.DataAsRtpStreamSendStats().Base!.Value.DataType);
    }

    private Wire.Response Answer(RequestMethod method, object body) => Frames.Open(_writer.Accepted(1, method, body)).DataAsResponse();
}
