using System.Buffers.Binary;
using Bisque.Engine.Tests.Worlds;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Forwarding;

/// <summary>What becomes of header extensions on the way: new ids, own values, and those of the sender.</summary>
public sealed class HeaderExtensionTests
{
    [Fact]
    public void Video_gets_the_receivers_mid_and_the_fields_of_the_moment_of_sending()
    {
        using var call = new Call(Media.Video(mid: "v"));
        call.Run(1234);

        call.Sender.SendRtp(call.Source.KeyFrame((Media.Sent.Mid, "v"u8.ToArray()), (Media.Sent.AbsSendTime, [1, 2, 3]), (Media.Sent.TransportWide, [9, 9])));
        call.Settle();

        var extensions = Assert.Single(call.Received).Extensions;
        Assert.Equal([Media.Consumed.Mid, Media.Consumed.AbsSendTime, Media.Consumed.TransportWide], extensions.Keys);
        Assert.Equal("c"u8, extensions[Media.Consumed.Mid]);
        Assert.Equal([0, 1], extensions[Media.Consumed.TransportWide]);
        Assert.True(AbsSendTime.TryParse(extensions[Media.Consumed.AbsSendTime], out var sent));
        Assert.Equal(AbsSendTime.From(call.World.Now), sent);
    }

    [Fact]
    public void Values_that_concern_playing_are_copied_under_the_receivers_ids()
    {
        using var call = new Call(Media.Video());

        call.Sender.SendRtp(call.Source.KeyFrame(
            (Media.Sent.VideoOrientation, [0x0b]), (Media.Sent.PlayoutDelay, [0x12, 0x34, 0x56]), (Media.Sent.TimeOffset, [0xff, 0xff, 0xfe])));
        call.Settle();

        var extensions = Assert.Single(call.Received).Extensions;
        Assert.Equal([0x0b], extensions[Media.Consumed.VideoOrientation]);
        Assert.Equal([0x12, 0x34, 0x56], extensions[Media.Consumed.PlayoutDelay]);
        Assert.Equal([0xff, 0xff, 0xfe], extensions[Media.Consumed.TimeOffset]);
    }

    [Fact]
    public void Audio_keeps_its_level_and_takes_no_part_in_bandwidth_estimation()
    {
        using var call = new Call(Media.Audio());

        call.Sender.SendRtp(call.Source.Next(Payloads.Opus(), (Media.Sent.AudioLevel, [0x8a]), (Media.Sent.TransportWide, [0, 7])));
        call.Settle();

        var extensions = Assert.Single(call.Received).Extensions;
        Assert.Equal([Media.Consumed.Mid, Media.Consumed.AudioLevel], extensions.Keys);
        Assert.Equal([0x8a], extensions[Media.Consumed.AudioLevel]);
    }

    [Fact]
    public void A_receiver_that_negotiated_none_gets_none()
    {
        using var call = new Call(Media.Video(), consume => consume with
        {
            RtpParameters = consume.RtpParameters with { HeaderExtensions = [] },
        });

        call.Sender.SendRtp(call.Source.KeyFrame((Media.Sent.VideoOrientation, [1])));
        call.Settle();

        Assert.Empty(Assert.Single(call.Received).Extensions);
    }

    [Fact]
    public void Transport_wide_numbers_count_over_all_streams_of_a_transport()
    {
        using var call = new Call(Media.Video());
        call.ReceiverTransport.Consume(Media.Consume(Media.Video(), "second", 7000));

        call.SendVideo(5);
        call.Receiver.SendNack(5000, call.Received[2].SequenceNumber);
        call.Settle();

        var numbers = call.Received.Select(packet => BinaryPrimitives.ReadUInt16BigEndian(packet.Extensions[Media.Consumed.TransportWide]));
        Assert.Equal(11, call.Received.Count);
        Assert.Equal(Enumerable.Range(1, 11).Select(number => (ushort)number), numbers);
    }

    [Fact]
    public void A_producer_is_found_by_its_mid_and_its_ssrc_learned()
    {
        var video = Media.Video(mid: "v", rtx: false);
        var unsignalled = video with
        {
            RtpParameters = video.RtpParameters with { Encodings = [new Model.RtpEncodingParameters()] },
            RtpMapping = video.RtpMapping with { Encodings = [new Model.RtpEncodingMapping { MappedSsrc = Media.Mapped(1000) }] },
        };
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var receiver = world.ConnectPlain("receiver");
        sender.Transport.Produce(unsignalled);
        receiver.Transport.Consume(Media.Consume(unsignalled));
        var source = new RtpSource(4711);

        sender.SendRtp(source.KeyFrame());
        sender.SendRtp(source.KeyFrame((Media.Sent.Mid, "x"u8.ToArray())));
        world.Settle();
        Assert.Empty(receiver.Rtp);

        sender.SendRtp(source.KeyFrame((Media.Sent.Mid, "v"u8.ToArray())));
        sender.SendRtp(source.DeltaFrame());
        world.Settle();
        Assert.Equal(2, receiver.Rtp.Count);
    }
}
