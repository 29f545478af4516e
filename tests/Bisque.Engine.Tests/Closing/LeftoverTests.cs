using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Closing;

/// <summary>What is closed leaves nothing behind.</summary>
public sealed class LeftoverTests
{
    [Fact]
    public void Transports_that_come_and_go_leave_no_trace()
    {
        const int Cycles = 500;
        using var world = new World();
        var handlers = world.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers.Count;
        Cycle(world, 0);
        var rented = world.Loop.Packets.Rented;
        var idle = world.Worker.Context.Packets.IdleCount;
        Assert.True(idle > 0);

        for (var i = 1; i < Cycles; i++)
        {
            Cycle(world, i);
        }

        var dump = world.Worker.Dump().ChannelMessageHandlers;
        Assert.Equal(handlers, dump.ChannelRequestHandlers.Count);
        Assert.Empty(dump.ChannelNotificationHandlers);
        Assert.Empty(world.Router.Dump().TransportIds);
        Assert.Equal(0, world.Network.SocketCount);
        Assert.Equal(0, world.Loop.ActiveTimers);
        Assert.Equal(rented, world.Loop.Packets.Rented);
        Assert.Equal(idle, world.Worker.Context.Packets.IdleCount);
        Assert.Equal(0, world.Worker.FaultCount);
    }

    [Fact]
    public void Closing_the_worker_with_everything_in_it_leaves_no_socket_and_no_timer()
    {
        using var world = new World();
        Fill(world, 0);

        world.Worker.Dispose();
        world.Run(5000);

        Assert.Equal(0, world.Network.SocketCount);
        Assert.Equal(0, world.Loop.ActiveTimers);
        Assert.Empty(world.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers);
    }

    [Fact]
    public void Closing_a_producer_takes_its_consumers_with_it_and_tells_them()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(3);

        call.SenderTransport.CloseProducer("video");

        Assert.Single(call.World.Events.Of<ConsumerProducerCloseEvent>("consumer"));
        Assert.Null(call.World.Worker.FindRequestHandler("consumer"));
        Assert.Empty(call.World.Router.Dump().MapProducerIdConsumerIds);
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Settle();
        Assert.Equal(3, call.Received.Count);
    }

    [Fact]
    public void A_producer_can_be_made_again_with_the_ssrc_of_a_closed_one_over_srtp()
    {
        using var call = new Call(Media.Audio(), plain: false);
        call.Source.NextSequenceNumber = 40_000;
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Settle();
        call.SenderTransport.CloseProducer("audio");

        call.SenderTransport.Produce(Media.Audio());
        call.ReceiverTransport.Consume(Media.Consume(Media.Audio()));
        call.Sender.ForgetSentStreams();
        call.Source.NextSequenceNumber = 1000;
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Settle();

        Assert.Equal(2, call.Received.Count);
    }

    [Fact]
    public void Closing_one_of_two_consumers_leaves_the_other()
    {
        using var call = new Call(Media.Audio());
        call.ReceiverTransport.Consume(Media.Consume(Media.Audio(), "second", 7000));
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Settle();

        call.ReceiverTransport.CloseConsumer("consumer");
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Settle();

        Assert.Equal([5000u, 7000u, 7000u], call.Received.Select(packet => packet.Ssrc).Order());
    }

    private static void Cycle(World world, int number)
    {
        Fill(world, number);
        switch (number % 3)
        {
            case 0:
                world.Router.CloseTransport($"browser{number}");
                world.Router.CloseTransport($"plain{number}");
                break;
            case 1:
                world.Router.CloseTransport($"plain{number}");
                world.Router.CloseTransport($"browser{number}");
                break;
            default:
                ((Transport)world.Worker.FindRequestHandler($"browser{number}")!).CloseProducer($"video{number}");
                ((Transport)world.Worker.FindRequestHandler($"plain{number}")!).CloseProducer($"audio{number}");
                world.Router.CloseTransport($"browser{number}");
                world.Router.CloseTransport($"plain{number}");
                break;
        }

        world.Settle();
        world.Network.ForgetPeers();
    }

    /// <summary>A browser and a plain endpoint that send to each other, with something lost, so that every timer runs.</summary>
    private static void Fill(World world, int number)
    {
        var browser = world.ConnectWebRtc($"browser{number}");
        var plain = world.ConnectPlain($"plain{number}", SrtpCryptoSuite.AeadAes128Gcm);
        var video = Media.Video($"video{number}", congestionControl: "transport-cc");
        var audio = Media.Audio($"audio{number}");
        browser.Transport.Produce(video);
        plain.Transport.Produce(audio);
        plain.Transport.Consume(Media.Consume(video, $"video-consumer{number}"));
        browser.Transport.Consume(Media.Consume(audio, $"audio-consumer{number}"));
        var source = new RtpSource();
        browser.SendRtp(source.KeyFrame((Media.Sent.TransportWide, [0, 1])));
        source.NextSequenceNumber++;
        browser.SendRtp(source.DeltaFrame((Media.Sent.TransportWide, [0, 3])));
        plain.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        plain.SendPli(5000);
        world.Run(15);
        Assert.True(world.Loop.ActiveTimers > 3);
    }
}
