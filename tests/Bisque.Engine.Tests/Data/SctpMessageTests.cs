using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Sctp;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Data;

/// <summary>Messages between peers, over SCTP in the clear and inside of DTLS.</summary>
public sealed class SctpMessageTests : IDisposable
{
    private readonly World _world = new() { Base = DataWorld.Sctp };

    [Fact]
    public void A_message_of_one_peer_reaches_the_other_with_its_identifier()
    {
        var (sender, receiver) = ConnectPlain();

        sender.Sctp!.Send(1, 51, "hello"u8);
        sender.Sctp.Send(1, 57, [0]);
        _world.Settle();

        Assert.Equal([((ushort)9, 51u, 5), ((ushort)9, 57u, 1)], receiver.Sctp!.Messages.Select(message => (message.StreamId, message.Ppid, message.Bytes.Length)));
        Assert.Equal((2ul, 6ul), (_world.DataProducer().GetStats().MessagesReceived, _world.DataProducer().GetStats().BytesReceived));
        Assert.Equal((2ul, 6ul), (_world.DataConsumer().GetStats().MessagesSent, _world.DataConsumer().GetStats().BytesSent));
    }

    [Fact]
    public void A_message_on_a_stream_that_nobody_produces_is_dropped()
    {
        var (sender, receiver) = ConnectPlain();

        sender.Sctp!.Send(2, 51, [1]);
        sender.Sctp.Send(1, 51, [2]);
        _world.Settle();

        Assert.Equal([2], receiver.Sctp!.Messages.Select(message => message.Bytes[0]));
    }

    [Fact]
    public void A_message_may_be_as_long_as_the_transports_say_and_no_longer()
    {
        var (sender, receiver) = ConnectPlain(new SctpOptions { MaxSendMessageSize = 300_000 });
        var longest = Numbered(0, 262_144);

        sender.Sctp!.Send(1, 53, new byte[262_145]);
        _world.Run(1000);
        sender.Sctp.Send(1, 53, longest);
        _world.Run(2000);

        Assert.Equal(longest, Assert.Single(receiver.Sctp!.Messages).Bytes);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void Ordered_messages_arrive_once_and_in_order_over_a_path_that_loses(double loss)
    {
        var (sender, receiver) = ConnectPlain();
        Disturb(sender, loss, seed: 1);
        Disturb(receiver, loss, seed: 2);

        AssertAllArrive(sender, receiver, ordered: true);
    }

    [Fact]
    public void Browsers_exchange_messages_inside_of_dtls_over_a_path_that_loses()
    {
        var sender = _world.ConnectWebRtc("sender");
        var receiver = _world.ConnectWebRtc("receiver");
        sender.OpenSctp();
        receiver.OpenSctp();
        sender.Transport.ProduceData(DataWorld.ProduceSctp("producer", 1));
        receiver.Transport.ConsumeData(DataWorld.ConsumeSctp("consumer", "producer", 9));
        _world.Settle();
        Disturb(sender, 0.1, seed: 3);
        Disturb(receiver, 0.1, seed: 4);

        AssertAllArrive(sender, receiver, ordered: true);
    }

    [Fact]
    public void An_unordered_stream_without_limits_loses_nothing()
    {
        var (sender, receiver) = ConnectPlain(stream: new SctpStreamParameters { StreamId = 9, Ordered = false });
        Disturb(receiver, 0.3, seed: 5);

        AssertAllArrive(sender, receiver, ordered: false);
    }

    [Fact]
    public void A_stream_without_retransmissions_loses_what_the_path_loses_and_goes_on()
    {
        var (sender, receiver) = ConnectPlain(stream: new SctpStreamParameters { StreamId = 9, Ordered = false, MaxRetransmits = 0 });
        Disturb(receiver, 0.3, seed: 6);
        for (var i = 0; i < 300; i++)
        {
            sender.Sctp!.Send(1, 53, Numbered(i, 100));
            _world.Run(20);
        }

        _world.Run(30_000);

        Assert.InRange(receiver.Sctp!.Messages.Count, 150, 270);
        receiver.Downlink!.Loss = 0;
        sender.Sctp!.Send(1, 53, Numbered(1000, 100));
        _world.Run(5000);
        Assert.Equal(1000, BitConverter.ToInt32(receiver.Sctp.Messages[^1].Bytes));
    }

    [Fact]
    public void The_controller_can_send_to_a_peer()
    {
        var (_, receiver) = ConnectPlain();

        var answer = _world.DataConsumer().Send(51, "from the controller"u8);
        _world.Settle();

        Assert.Equal(0u, answer.BufferedAmount);
        Assert.Equal("from the controller"u8, Assert.Single(receiver.Sctp!.Messages).Bytes);
    }

    [Fact]
    public void What_is_sent_before_the_association_is_connected_waits_for_it()
    {
        var transport = _world.CreatePlainTransport("plain");
        var peer = _world.PeerOf(transport);
        peer.OpenSctp();
        var producer = _world.ConnectPlain("other").Transport;
        producer.ProduceData(DataWorld.ProduceSctp("producer", 1));
        transport.ConsumeData(DataWorld.ConsumeSctp("consumer", "producer", 9));

        Assert.Equal(3u, _world.DataConsumer().Send(51, [1, 2, 3]).BufferedAmount);
        Assert.Equal(3u, _world.DataConsumer().GetBufferedAmount().BufferedAmount);
        transport.Connect(new PlainTransportConnectRequest { Ip = peer.Address.Address.ToString(), Port = peer.Address.Port });
        _world.Settle();

        Assert.Equal([1, 2, 3], Assert.Single(peer.Sctp!.Messages).Bytes);
        Assert.Equal(0u, _world.DataConsumer().GetBufferedAmount().BufferedAmount);
    }

    [Fact]
    public void A_full_buffer_refuses_and_tells_and_tells_again_when_it_is_low()
    {
        var (_, receiver) = ConnectPlain(limits: DataWorld.Sctp with { SctpSendBufferSize = 100_000, SctpPerStreamSendQueueLimit = 100_000 });
        receiver.IsDeaf = true;
        var consumer = _world.DataConsumer();
        consumer.SetBufferedAmountLowThreshold(5000);
        for (var i = 0; i < 12; i++)
        {
            if (consumer.GetBufferedAmount().BufferedAmount >= 100_000)
            {
                break;
            }

            consumer.Send(53, new byte[20_000]);
        }

        var refusal = Assert.Throws<RequestException>(() => consumer.Send(53, new byte[20_000]));

        Assert.Equal((RequestErrorKind.Error, "sctpsendbufferfull"), (refusal.Kind, refusal.Message));
        Assert.Equal("consumer", Assert.Single(_world.Events.Of<DataConsumerSctpSendBufferFullEvent>()).HandlerId);
        Assert.Empty(_world.Events.Of<DataConsumerBufferedAmountLowEvent>());
        receiver.IsDeaf = false;
        _world.Run(20_000);
        Assert.Equal("consumer", Assert.Single(_world.Events.Of<DataConsumerBufferedAmountLowEvent>()).HandlerId);
        Assert.InRange(Assert.Single(_world.Events.Of<DataConsumerBufferedAmountLowEvent>()).BufferedAmount, 0u, 5000u);
        consumer.Send(53, [1]);
    }

    [Fact]
    public void A_full_buffer_is_told_once_until_it_was_half_empty()
    {
        var (_, receiver) = ConnectPlain(limits: DataWorld.Sctp with { SctpSendBufferSize = 100_000, SctpPerStreamSendQueueLimit = 100_000 });
        receiver.IsDeaf = true;
        var consumer = _world.DataConsumer();

        Assert.True(Fill() > 100);
        Assert.Single(_world.Events.Of<DataConsumerSctpSendBufferFullEvent>());
        receiver.IsDeaf = false;
        _world.Run(20_000);
        Assert.Equal(0u, consumer.GetBufferedAmount().BufferedAmount);
        receiver.IsDeaf = true;

        Assert.True(Fill() > 100);
        Assert.Equal(2, _world.Events.Of<DataConsumerSctpSendBufferFullEvent>().Count());

        int Fill()
        {
            var refused = 0;
            for (var i = 0; i < 200; i++)
            {
                try
                {
                    consumer.Send(53, new byte[20_000]);
                }
                catch (RequestException refusal) when (refusal.Message == "sctpsendbufferfull")
                {
                    refused++;
                }
            }

            return refused;
        }
    }

    [Fact]
    public void A_paused_consumer_sends_nothing_of_anybody()
    {
        var (sender, receiver) = ConnectPlain();
        _world.DataConsumer().Pause();

        sender.Sctp!.Send(1, 51, [1]);
        _world.Settle();

        Assert.Empty(receiver.Sctp!.Messages);
        Assert.Equal("message send failed", Assert.Throws<RequestException>(() => _world.DataConsumer().Send(51, [1])).Message);
    }

    [Fact]
    public void Closing_a_consumer_resets_its_stream_for_the_next()
    {
        var (sender, receiver) = ConnectPlain();
        sender.Sctp!.Send(1, 51, [1]);
        _world.Settle();

        receiver.Transport.CloseDataConsumer("consumer");
        _world.Run(1000);
        receiver.Transport.ConsumeData(DataWorld.ConsumeSctp("next", "producer", 9));
        sender.Sctp.Send(1, 51, [2]);
        _world.Run(1000);

        Assert.Equal([9], receiver.Sctp!.Resets);
        Assert.Equal([1, 2], receiver.Sctp.Messages.Select(message => message.Bytes[0]));
    }

    [Fact]
    public void On_a_plain_transport_a_producer_and_a_consumer_of_one_stream_live_apart()
    {
        var (sender, _) = ConnectPlain();
        sender.Transport.ConsumeData(DataWorld.ConsumeSctp("back", "producer", 1));
        sender.Sctp!.Send(1, 51, [1]);
        _world.Settle();

        sender.Sctp.Reset(1);
        _world.Run(1000);
        Assert.NotNull(_world.DataConsumer("back"));

        sender.Transport.CloseDataProducer("producer");
        _world.Run(1000);
        Assert.Equal([1], sender.Sctp.Resets);
    }

    [Fact]
    public void On_a_data_channel_the_peers_reset_closes_the_consumer_without_telling()
    {
        var world = new World { Base = DataWorld.Sctp with { IsDataChannel = true } };
        using (world)
        {
            var peer = world.ConnectWebRtc("browser");
            peer.OpenSctp();
            peer.Transport.ProduceData(DataWorld.ProduceSctp("producer", 1));
            peer.Transport.ConsumeData(DataWorld.ConsumeSctp("consumer", "producer", 1));
            peer.Transport.ConsumeData(DataWorld.ConsumeSctp("other", "producer", 2));
            world.Settle();
            peer.Sctp!.Send(1, 51, [1]);
            world.Run(1000);
            world.Events.All.Clear();

            peer.Sctp.Reset(1);
            world.Run(1000);

            Assert.Null(world.Worker.FindRequestHandler("consumer"));
            Assert.NotNull(world.Worker.FindRequestHandler("other"));
            Assert.Empty(world.Events.All);
            Assert.Equal([1], peer.Sctp.Resets);
        }
    }

    [Fact]
    public void Closing_the_producer_of_a_data_channel_resets_the_stream()
    {
        var world = new World { Base = DataWorld.Sctp with { IsDataChannel = true } };
        using (world)
        {
            var peer = world.ConnectWebRtc("browser");
            peer.OpenSctp();
            peer.Transport.ProduceData(DataWorld.ProduceSctp("producer", 1));
            world.Settle();
            peer.Sctp!.Send(1, 51, [1]);
            world.Run(1000);

            peer.Transport.CloseDataProducer("producer");
            world.Run(1000);

            Assert.Equal([1], peer.Sctp.Resets);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void A_pipe_carries_messages_with_their_subchannels(double loss)
    {
        using var worlds = new PipedWorlds(sctp: true);
        var random = new SeededRandomSource(8);
        worlds.NearEnd.Loses = worlds.FarEnd.Loses = _ => random.NextDouble() < loss;
        var here = worlds.Near.CreateDirectTransport("here", DataWorld.Direct).Transport;
        var there = worlds.Far.CreateDirectTransport("there", DataWorld.Direct).Transport;
        here.ProduceData(DataWorld.Produce());
        worlds.NearPipe.ConsumeData(DataWorld.ConsumeSctp("piped", "producer", 0));
        worlds.FarPipe.ProduceData(DataWorld.ProduceSctp("producer", 0));
        there.ConsumeData(DataWorld.Consume("everything"));
        there.ConsumeData(DataWorld.Consume("one", subchannels: 1));
        there.ConsumeData(DataWorld.Consume("two", subchannels: 2));
        worlds.Run(3000);

        var producer = worlds.Near.DataProducer();
        producer.Send(51, [1]);
        producer.Send(51, [2], [1]);
        producer.Send(51, [3], [1, 2], requiredSubchannel: 2);
        producer.Send(51, [4], ignoredSubchannel: 1);
        worlds.Run(20_000);

        Assert.Equal([1, 4], worlds.Far.Messages("everything"));
        Assert.Equal([1, 2], worlds.Far.Messages("one"));
        Assert.Equal([1, 3, 4], worlds.Far.Messages("two"));
    }

    public void Dispose() => _world.Dispose();

    private static void Disturb(MediaPeer peer, double loss, ulong seed)
    {
        peer.Uplink = new VirtualLink(seed) { Loss = loss, Jitter = TimeSpan.FromMilliseconds(20), Duplication = 0.02 };
        peer.Downlink = new VirtualLink(seed + 100) { Loss = loss, Jitter = TimeSpan.FromMilliseconds(20), Duplication = 0.02 };
    }

    private static byte[] Numbered(int number, int length)
    {
        var message = new byte[length];
        BitConverter.TryWriteBytes(message, number);
        for (var i = 4; i < length; i++)
        {
            message[i] = (byte)(i * 31 + number);
        }

        return message;
    }

    private void AssertAllArrive(MediaPeer sender, MediaPeer receiver, bool ordered)
    {
        const int Count = 200;
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal(SctpSendStatus.Success, sender.Sctp!.Send(1, 53, Numbered(i, 4 + i * 37 % 5000)));
            _world.Run(5);
        }

        for (var i = 0; i < 3000 && receiver.Sctp!.Messages.Count < Count; i++)
        {
            _world.Run(1000);
        }

        var numbers = receiver.Sctp!.Messages.Select(message => BitConverter.ToInt32(message.Bytes)).ToArray();
        Assert.Equal(Enumerable.Range(0, Count), ordered ? numbers : numbers.Order());
        Assert.All(
            receiver.Sctp.Messages,
            message => Assert.Equal(Numbered(BitConverter.ToInt32(message.Bytes), message.Bytes.Length), message.Bytes));
    }

    private (PlainPeer Sender, PlainPeer Receiver) ConnectPlain(
        SctpOptions? peerOptions = null, SctpStreamParameters? stream = null, TransportOptions? limits = null)
    {
        var sender = _world.ConnectPlain("sender");
        _world.Base = limits ?? _world.Base;
        var receiver = _world.ConnectPlain("receiver");
        sender.OpenSctp(peerOptions);
        receiver.OpenSctp(peerOptions);
        sender.Transport.ProduceData(DataWorld.ProduceSctp("producer", 1));
        receiver.Transport.ConsumeData(DataWorld.ConsumeSctp("consumer", "producer", 9, stream));
        _world.Settle();
        return (sender, receiver);
    }
}
