using Bisque.Engine.Internal;
using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Requests;

/// <summary>What the worker says under each tag at the level of debug.</summary>
public sealed class DebugLineTests
{
    [Fact]
    public void A_connection_is_told_by_its_path_its_handshake_and_its_keys()
    {
        using var world = Debug("ice", "dtls", "srtp");

        var peer = world.ConnectWebRtc("browser");

        Assert.Contains(Lines(world), line => line.Contains($"packets go to {peer.Address} over Udp") && line.EndsWith("[transportId:browser]"));
        Assert.Contains("WebRtcTransport | ICE is Completed [transportId:browser]", Lines(world));
        Assert.Contains("WebRtcTransport | the handshake begins, our role is Server [transportId:browser]", Lines(world));
        Assert.Contains("WebRtcTransport | DTLS is Connected [transportId:browser]", Lines(world));
        Assert.Contains(Lines(world), line => line.Contains("media is protected by"));
    }

    [Fact]
    public void A_failed_handshake_is_told_with_its_reason()
    {
        using var world = Debug("dtls");
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser"));
        var other = World.ConnectRequest(peer).DtlsParameters.Fingerprints[0] with { Value = string.Join(':', Enumerable.Repeat("AB", 32)) };
        World.TellFingerprint(peer);
        peer.Transport.Connect(new WebRtcTransportConnectRequest { DtlsParameters = new DtlsParameters { Role = DtlsRole.Client, Fingerprints = [other] } });

        peer.Connect();
        world.Settle();

        Assert.Contains(
            "WebRtcTransport | DTLS is Failed: the peer's certificate does not have the fingerprint that was told [transportId:browser]", Lines(world));
    }

    [Fact]
    public void A_peer_that_falls_silent_is_told_by_its_consent()
    {
        using var world = Debug("ice");
        world.ConnectWebRtc("browser");

        world.Run(31_000);

        Assert.Contains("WebRtcTransport | ICE is Disconnected [transportId:browser]", Lines(world));
        Assert.Contains("WebRtcTransport | the peer's consent ran out: no check came in time [transportId:browser]", Lines(world));
    }

    [Fact]
    public void A_change_of_layers_is_told_with_its_reason()
    {
        using var world = Debug("simulcast");
        var sender = world.ConnectPlain("sender");
        var video = LayeredMedia.Simulcast(2);
        sender.Transport.Produce(video);
        world.ConnectPlain("receiver").Transport.Consume(LayeredMedia.Consume(video));
        sender.SendRtp(new RtpSource(LayeredMedia.Ssrc(0)).KeyFrame());
        world.Settle();

        ((Consumer)world.Worker.FindRequestHandler("consumer")!).Pause();

        Assert.Equal(
            [
                "SimulcastConsumer | aims at layers 0:0 after none, preferred are 1:0: a stream of the producer came, fell silent or is scored differently [consumerId:consumer]",
                "SimulcastConsumer | sends layers 0:0 after none, aims at 0:0 [consumerId:consumer]",
                "SimulcastConsumer | aims at layers none after 0:0, preferred are 1:0: the consumer or its producer is paused, or its transport is not connected [consumerId:consumer]",
                "SimulcastConsumer | sends layers none after 0:0, aims at none [consumerId:consumer]",
            ],
            Lines(world));
    }

    [Fact]
    public void Key_frames_are_told_when_they_are_asked_for_and_when_not()
    {
        using var world = Debug("rtcp");
        var sender = world.ConnectPlain("sender");
        var receiver = world.ConnectPlain("receiver");
        var video = Media.Video();
        sender.Transport.Produce(video);
        receiver.Transport.Consume(Media.Consume(video));
        sender.SendRtp(new RtpSource().KeyFrame());
        world.Run(1000);
        world.Events.Logs.Clear();

        receiver.SendPli(5000);
        receiver.SendPli(5000);
        world.Settle();

        Assert.Equal(2, Lines(world).Count(line => line == "SimpleConsumer | the receiver asks for a key frame of SSRC 5000 by Pli [consumerId:consumer]"));
        Assert.Equal(1, Lines(world).Count(line => line == "Producer | a key frame of SSRC 1000 is asked for by Pli [producerId:video]"));
        Assert.Equal(1, Lines(world).Count(line => line.Contains("is wanted, and not asked for now")));
    }

    [Fact]
    public void A_nack_for_what_is_not_kept_is_told()
    {
        using var world = Debug("rtx");
        var sender = world.ConnectPlain("sender");
        var receiver = world.ConnectPlain("receiver");
        var video = Media.Video();
        sender.Transport.Produce(video);
        receiver.Transport.Consume(Media.Consume(video));
        sender.SendRtp(new RtpSource().KeyFrame());
        world.Settle();
        var sent = receiver.Rtp[0].SequenceNumber;

        receiver.SendNack(5000, sent);
        world.Settle();
        Assert.Empty(Lines(world));
        receiver.SendNack(5000, (ushort)(sent + 1), (ushort)(sent + 2));
        world.Settle();

        Assert.StartsWith($"OutgoingStream | of 2 packets asked for from {sent + 1} on 0 are sent again", Assert.Single(Lines(world)));
    }

    [Fact]
    public void The_end_of_a_transport_tells_what_it_dropped()
    {
        using var world = Debug("info");
        var peer = world.ConnectPlain("plain");
        peer.SendRtp(new RtpSource().KeyFrame());
        peer.SendDatagram([1, 2, 3]);
        world.Settle();
        Assert.Equal(new DroppedPackets { Unknown = 1, NoProducer = 1 }, peer.Transport.GetDroppedPackets());

        world.Router.CloseTransport("plain");

        Assert.Equal(
            [
                "PlainTransport | is made [transportId:plain, routerId:router]",
                "PlainTransport | is closed; dropped: 1 of no known protocol, 1 without producer [transportId:plain]",
            ],
            Lines(world));
        Assert.Equal(2, peer.Transport.GetDroppedPackets().Total);
    }

    [Fact]
    public void What_a_server_dropped_is_its_own()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser", server));

        peer.SendDatagram([1, 2, 3]);
        world.Settle();

        Assert.Equal(new DroppedPackets { Unexpected = 1 }, server.GetDroppedPackets());
        Assert.Equal(default, peer.Transport.GetDroppedPackets());
    }

    [Fact]
    public void A_flood_is_cut_short_and_the_rest_counted()
    {
        var events = new RecordedEvents();
        using var world = new World();
        var log = new EngineLog(events, new LogSettings(LogLevel.Debug, LogTags.Ice), world.Loop);

        for (var i = 0; i < 600; i++)
        {
            log.Debug(LogTags.Ice, "Flood", $"line {i}");
        }

        Assert.Equal(500, events.Logs.Count);
        world.Run(1000);
        log.Debug(LogTags.Ice, "Flood", $"line {600}");
        Assert.Equal([(LogLevel.Debug, "EngineLog | 100 more debug lines were left out"), (LogLevel.Debug, "Flood | line 600")], events.Logs[500..]);
    }

    [Fact]
    public void A_line_that_nobody_reads_is_not_put_together()
    {
        var events = new RecordedEvents();
        using var world = new World();
        var log = new EngineLog(events, new LogSettings(LogLevel.Debug, LogTags.Ice), world.Loop);
        var asked = 0;
        var number = 0L;

        log.Debug(LogTags.Sctp, "Source", $"text {++asked}");

        Assert.Equal(0, asked);
        Assert.Empty(events.Logs);
        Assert.Equal(0, AllocationAssert.BytesAllocated(() => log.Debug(LogTags.Sctp, "Source", $"text {number++} and {events}")));
    }

    private static World Debug(params string[] tags)
    {
        var world = new World();
        world.Worker.UpdateSettings(new UpdateSettingsRequest { LogLevel = "debug", LogTags = tags });
        return world;
    }

    private static string[] Lines(World world) => [.. world.Events.Logs.Where(line => line.Level == LogLevel.Debug).Select(line => line.Text)];
}
