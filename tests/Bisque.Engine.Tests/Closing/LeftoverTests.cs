using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Closing;

/// <summary>What is closed leaves nothing behind.</summary>
public sealed class LeftoverTests
{
    [Fact]
    public void Closing_the_worker_with_everything_in_it_leaves_no_socket_and_no_timer()
    {
        using var world = new World();
        Churn.Fill(world, 0);

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
}
