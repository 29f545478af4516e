using Bisque.Engine.Internal;
using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Direct;

/// <summary>What an owner may hand in without harm: anything.</summary>
public sealed class HostileOwnerTests
{
    [Fact]
    public void Packets_that_are_too_long_are_counted_and_dropped()
    {
        using var world = new World();
        var direct = world.CreateDirectTransport("direct");
        direct.Transport.Produce(Media.Audio());
        direct.Transport.Consume(Media.Consume(Media.Audio()));
        var source = RtpSource.Audio();
        var packet = source.Next(Payloads.Opus());

        world.Producer("audio").InjectRtp([.. packet, .. new byte[DirectTransport.MaxRtpLength + 1 - packet.Length]]);
        world.Producer("audio").InjectRtp([.. packet, .. new byte[65_536]]);
        direct.Transport.InjectRtcp(new byte[DirectTransport.MaxRtcpLength + 1]);
        world.Settle();

        Assert.Equal(3, direct.Transport.Counters.OversizePackets);
        Assert.Empty(direct.Rtp());
        var expected = (ulong)(DirectTransport.MaxRtpLength + 1 + packet.Length + 65_536 + DirectTransport.MaxRtcpLength + 1);
        Assert.Equal(expected, ((DirectTransportStats)direct.Transport.GetStats()).Base.BytesReceived);
        Assert.Equal(0, world.Worker.FaultCount);
    }

    [Fact]
    public void The_longest_packets_pass()
    {
        using var world = new World();
        var direct = world.CreateDirectTransport("direct");
        direct.Transport.Produce(Media.Audio());
        direct.Transport.Consume(Media.Consume(Media.Audio(), mid: null));
        var source = RtpSource.Audio();
        var header = source.Next([]).Length;
        byte[] report = [0x80, 201, 0, 1, 0, 0, 0, 1];

        world.Producer("audio").InjectRtp(source.Next(Payloads.Opus(1400)));
        world.Producer("audio").InjectRtp([.. source.Next([]), .. Payloads.Opus(DirectTransport.MaxRtpLength - header)]);
        direct.Transport.InjectRtcp([.. Enumerable.Repeat(report, DirectTransport.MaxRtcpLength / report.Length).SelectMany(bytes => bytes)]);
        world.Settle();

        Assert.Equal([1400, DirectTransport.MaxRtpLength - header], direct.Rtp().Select(packet => packet.Payload.Length));
        Assert.Equal(0, direct.Transport.Counters.OversizePackets);
        Assert.Equal(0, direct.Transport.Counters.MalformedPackets);
    }

    [Fact]
    public void Garbage_of_every_length_changes_nothing()
    {
        using var world = new World();
        var direct = world.CreateDirectTransport("direct");
        direct.Transport.Produce(Media.Video());
        direct.Transport.Consume(Media.Consume(Media.Video()));
        var random = new SeededRandomSource(7);
        var rtp = new RtpSource().KeyFrame((Media.Sent.VideoOrientation, [0]), (Media.Sent.AbsSendTime, [1, 2, 3]));
        byte[] rtcp = [0x81, 200, 0, 12, .. new byte[48], 0x81, 205, 0, 3, 0, 0, 0, 1, 0, 0, 0x13, 0x88, 0, 1, 0xff, 0xff];
        for (var i = 0; i < 30_000; i++)
        {
            Mutate(i % 2 == 0 ? rtp : rtcp, packet =>
            {
                world.Producer("video").InjectRtp(packet);
                direct.Transport.InjectRtcp(packet);
            });
            if (i % 100 == 0)
            {
                world.Run(1);
            }
        }

        world.Run(1000);
        Assert.Equal(0, world.Worker.FaultCount);
        Assert.False(direct.Transport.IsFaulted);
        Assert.True(direct.Transport.Counters.MalformedPackets > 1000);

        void Mutate(byte[] original, Action<byte[]> use)
        {
            var packet = original[..random.NextInt32(0, original.Length)];
            for (var flips = random.NextInt32(0, 4); flips > 0 && packet.Length > 0; flips--)
            {
                packet[random.NextInt32(0, packet.Length - 1)] = (byte)random.NextInt32(0, 255);
            }

            use(packet);
        }
    }

    [Fact]
    public void A_flood_within_one_turn_takes_no_more_buffers_than_the_store_keeps()
    {
        using var world = new World();
        var direct = world.CreateDirectTransport("direct");
        direct.Transport.Produce(Media.Audio());
        direct.Transport.Consume(Media.Consume(Media.Audio()));
        world.Events.IsDeaf = true;
        var source = RtpSource.Audio();
        for (var i = 0; i < 20_000; i++)
        {
            world.Producer("audio").InjectRtp(source.Next(Payloads.Opus()));
        }

        world.Settle();
        var first = world.Loop.Packets.Rented;
        for (var i = 0; i < 20_000; i++)
        {
            world.Producer("audio").InjectRtp(source.Next(Payloads.Opus()));
        }

        world.Settle();
        Assert.Equal(first, world.Loop.Packets.Rented);
        Assert.Equal(40_000, world.Events.DirectPackets);
    }

    [Fact]
    public void A_fault_ends_this_transport_and_no_other()
    {
        using var world = new World();
        var broken = world.CreateDirectTransport("broken");
        var direct = world.CreateDirectTransport("direct");
        broken.Transport.Produce(Media.Audio("a", 1));
        direct.Transport.Produce(Media.Audio("b", 2));
        direct.Transport.Consume(Media.Consume(Media.Audio("b", 2)));
        world.Worker.Context.InjectFault = (point, transport) =>
        {
            if (point == FaultPoint.Datagram && transport.Id == "broken")
            {
                throw new InvalidOperationException("injected");
            }
        };

        world.Producer("a").InjectRtp(RtpSource.Audio(1).Next(Payloads.Opus()));
        world.Producer("b").InjectRtp(RtpSource.Audio(2).Next(Payloads.Opus()));
        world.Settle();

        Assert.True(broken.Transport.IsFaulted);
        Assert.False(broken.Transport.IsConnected);
        Assert.Single(direct.Rtp());
    }
}
