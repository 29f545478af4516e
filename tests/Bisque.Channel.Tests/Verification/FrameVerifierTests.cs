using Bisque.Channel.Tests.Messages;
using Bisque.Channel.Verification;
using Google.FlatBuffers;

namespace Bisque.Channel.Tests.Verification;

public sealed class FrameVerifierTests
{
    [Fact]
    public void Every_honest_frame_is_sound() =>
        Assert.All(Frames.All(), frame => Assert.Equal(FrameVerdict.Sound, FrameVerifier.Verify(frame)));

    [Fact]
    public void A_frame_cut_anywhere_is_never_read_past_its_end()
    {
        foreach (var frame in Frames.All())
        {
            for (var length = 0; length < frame.Length; length++)
            {
                FrameReading.ReadEverything(frame[..length]);
            }
        }
    }

    [Fact]
    public void A_damaged_body_leaves_the_envelope_readable()
    {
        var builder = new FlatBufferBuilder(256);
        builder.StartTable(1);
        var emptyRouterRequest = builder.EndTable();

        var frame = Request(builder, Wire.RequestMethod.WORKER_CREATE_ROUTER, Wire.RequestBody.CreateRouterRequest, emptyRouterRequest);

        Assert.Equal(FrameVerdict.BodyMalformed, FrameVerifier.Verify(frame));
    }

    [Fact]
    public void A_union_member_of_a_later_version_is_left_alone()
    {
        var builder = new FlatBufferBuilder(256);

        var frame = Request(builder, Wire.RequestMethod.WORKER_DUMP, (Wire.RequestBody)200, 0);

        Assert.Equal(FrameVerdict.Sound, FrameVerifier.Verify(frame));
    }

    [Fact]
    public void One_text_named_thousands_of_times_is_not_read_thousands_of_times()
    {
        const int Times = 20_000;
        var builder = new FlatBufferBuilder(1024);
        var text = builder.CreateString(new string('x', 10_000));
        Wire.UpdateSettingsRequest.StartLogTagsVector(builder, Times);
        for (var i = 0; i < Times; i++)
        {
            builder.AddOffset(text.Value);
        }

        var body = Wire.UpdateSettingsRequest.CreateUpdateSettingsRequest(builder, log_tagsOffset: builder.EndVector());
        var frame = Request(builder, Wire.RequestMethod.WORKER_UPDATE_SETTINGS, Wire.RequestBody.UpdateSettingsRequest, body.Value);

        Assert.Equal(FrameVerdict.BodyMalformed, FrameVerifier.Verify(frame));
    }

    [Fact]
    public void Statistics_nested_without_end_are_refused()
    {
        var builder = new FlatBufferBuilder(4096);
        var inner = Wire.RtpStreamStats.CreateRtpStreamStats(builder, Wire.RtpStreamStatsData.RtpStreamBaseStats, BaseStats(builder));
        for (var i = 0; i < 20; i++)
        {
            var sent = Wire.RtpStreamSendStats.CreateRtpStreamSendStats(builder, inner);
            inner = Wire.RtpStreamStats.CreateRtpStreamStats(builder, Wire.RtpStreamStatsData.RtpStreamSendStats, sent.Value);
        }

        var stats = Wire.ProducerStats.CreateProducerStats(builder, Wire.ProducerStats.CreateStatsVector(builder, [inner]));
        var response = Wire.Response.CreateResponse(builder, 1, true, Wire.ResponseBody.ProducerStats, stats.Value);
        builder.Finish(Wire.Message.CreateMessage(builder, Wire.MessageBody.Response, response.Value).Value);

        Assert.Equal(FrameVerdict.BodyMalformed, FrameVerifier.Verify(builder.SizedByteArray()));
    }

    private static int BaseStats(FlatBufferBuilder builder) =>
        Wire.RtpStreamBaseStats.CreateRtpStreamBaseStats(builder, mime_typeOffset: builder.CreateString("video/VP8")).Value;

    private static byte[] Request(FlatBufferBuilder builder, Wire.RequestMethod method, Wire.RequestBody kind, int body)
    {
        var request = Wire.Request.CreateRequest(builder, 1, method, builder.CreateString(""), kind, body);
        builder.Finish(Wire.Message.CreateMessage(builder, Wire.MessageBody.Request, request.Value).Value);
        return builder.SizedByteArray();
    }
}
