using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Testing;

namespace Bisque.Engine.Tests.WebRtc;

/// <summary>Garbage in great numbers, from strangers and from the peer itself: nothing happens, and nothing grows.</summary>
[Collection(RunsAlone.Name)]
public sealed class HostilePeerTests
{
    private const int Datagrams = 100_000;

    [Fact]
    public void Damaged_copies_of_everything_that_is_valid_change_nothing()
    {
        using var world = new World();
        var peer = world.ConnectWebRtc("browser");
        var audio = Media.Audio();
        var video = Media.Video();
        peer.Transport.Produce(audio);
        peer.Transport.Produce(video);
        peer.Transport.Consume(Media.Consume(audio));
        var source = RtpSource.Audio();
        byte[][] corpus =
        [
            peer.Check(),
            peer.Check(useCandidate: false),
            peer.Check(credentials: peer.Credentials with { Password = "wrong" }),
            .. peer.DtlsSent,
            .. peer.Datagrams,
            peer.Protect(source.Next(Payloads.Opus())),
            peer.Protect(new RtpSource().KeyFrame((Media.Sent.VideoOrientation, [1]))),
            peer.ProtectRtcp([0x80, 201, 0, 1, 0, 0, 0, 1]),
        ];
        var mutator = new Mutator(0x0b15);
        peer.IsDeaf = true;
        Flood(Datagrams / 10);
        var rented = world.Loop.Packets.Rented;
        var kept = GC.GetTotalMemory(forceFullCollection: true);

        Flood(Datagrams);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - kept, long.MinValue, 2_000_000);
        Assert.InRange(world.Loop.Packets.Rented, 0, rented + 64);
        Assert.Equal(0, world.Worker.FaultCount);
        Assert.Empty(world.Events.Logs);
        peer.IsDeaf = false;
        source.NextSequenceNumber += 10;
        peer.SendRtp(source.Next(Payloads.Opus()));
        world.Settle();
        Assert.Equal(Payloads.Opus(), Assert.Single(peer.Rtp).Payload);
        Assert.Equal(DtlsState.Connected, ((WebRtcTransportDump)peer.Transport.Dump()).DtlsState);
        Assert.Single(world.Events.Of<WebRtcTransportIceStateChangeEvent>());
        Assert.Equal(2, world.Events.Of<WebRtcTransportDtlsStateChangeEvent>().Count());

        void Flood(int count)
        {
            for (var i = 0; i < count; i++)
            {
                peer.SendDatagram(mutator.Next(corpus));
                if (i % 64 == 63)
                {
                    world.Loop.RunOnce(TimeSpan.Zero);
                }
            }

            world.Settle();
        }
    }

    [Fact]
    public void Noise_before_the_handshake_changes_nothing()
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser"));
        var random = new SeededRandomSource(99);
        for (var i = 0; i < Datagrams; i++)
        {
            var noise = new byte[random.NextInt32(0, 200)];
            random.Fill(noise);
            if (noise.Length > 13 && i % 2 == 0)
            {
                // A record header, so that half of it is read as DTLS.
                noise[0] = (byte)random.NextInt32(20, 23);
                noise[1] = 0xfe;
                noise[2] = 0xfd;
            }

            if (i == Datagrams / 2)
            {
                peer.SendCheck();
            }

            peer.SendDatagram(noise);
            if (i % 64 == 63)
            {
                world.Loop.RunOnce(TimeSpan.Zero);
            }
        }

        world.Settle();
        World.TellFingerprint(peer);
        peer.Transport.Connect(World.ConnectRequest(peer));
        peer.Connect();
        world.Run(200);

        Assert.True(peer.Transport.IsConnected);
        Assert.Equal(0, world.Worker.FaultCount);
    }

    [Fact]
    public void Replayed_datagrams_are_counted_and_forwarded_once()
    {
        using var call = new Call(Media.Audio(), plain: false);
        var datagram = call.Sender.Protect(call.Source.Next(Payloads.Opus()));

        for (var i = 0; i < 100; i++)
        {
            call.Sender.SendDatagram(datagram);
        }

        call.Settle();

        Assert.Single(call.Received);
        Assert.Equal(99, call.SenderTransport.Counters.UnprotectFailures);
    }

    [Fact]
    public void Streams_of_unknown_ssrcs_leave_no_state()
    {
        using var call = new Call(Media.Audio(), plain: false);
        for (var i = 0u; i < 10_000; i++)
        {
            call.Sender.SendRtp(new RtpSource(100_000 + i, Media.AudioPayloadType).Next(Payloads.Opus()));
            if (i % 64 == 0)
            {
                call.Settle();
            }
        }

        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Settle();

        Assert.Single(call.Received);
        Assert.Equal(10_000, call.SenderTransport.Counters.UnroutedPackets);
        Assert.Single(((WebRtcTransportDump)call.SenderTransport.Dump()).Base.RtpListener.SsrcTable);
    }
}
