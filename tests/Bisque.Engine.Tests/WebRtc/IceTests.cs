using Bisque.Engine.Tests.Worlds;
using Bisque.Ice;
using Bisque.Model;
using IceState = Bisque.Model.IceState;

namespace Bisque.Engine.Tests.WebRtc;

/// <summary>Connectivity as the controller sees it.</summary>
public sealed class IceTests
{
    [Fact]
    public void A_check_selects_its_path_before_the_state_changes()
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser"));

        peer.SendCheck(useCandidate: false);
        world.Settle();

        Assert.Equal(1, peer.ChecksAnswered);
        var selected = Assert.IsType<WebRtcTransportIceSelectedTupleChangeEvent>(world.Events.All[0]);
        Assert.Equal((peer.Address.Address.ToString(), peer.Address.Port), (selected.Tuple.RemoteIp, selected.Tuple.RemotePort));
        Assert.Equal(IceState.Connected, Assert.IsType<WebRtcTransportIceStateChangeEvent>(world.Events.All[1]).IceState);
    }

    [Fact]
    public void Nomination_completes_it()
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser"));

        peer.SendCheck(useCandidate: false);
        peer.SendCheck();
        world.Settle();

        Assert.Equal([IceState.Connected, IceState.Completed], States(world));
        Assert.Equal(IceState.Completed, ((WebRtcTransportDump)peer.Transport.Dump()).IceState);
    }

    [Fact]
    public void A_check_with_the_wrong_password_is_refused()
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser"));

        peer.SendCheck(credentials: peer.Credentials with { Password = "wrong" });
        world.Settle();

        Assert.Equal((0, 1), (peer.ChecksAnswered, peer.ChecksRefused));
        Assert.Empty(world.Events.All);
    }

    [Fact]
    public void A_silent_peer_is_disconnected_and_comes_back_with_its_next_check()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var video = Media.Video();
        sender.Transport.Produce(video);
        var peer = world.ConnectWebRtc("browser");
        peer.Transport.Consume(Media.Consume(video));
        var source = new RtpSource();
        sender.SendRtp(source.KeyFrame());
        world.Run(31_000);
        Assert.Equal([IceState.Completed, IceState.Disconnected], States(world));
        Assert.Null(((WebRtcTransportDump)peer.Transport.Dump()).IceSelectedTuple);
        var silentSince = peer.DatagramsReceived;
        sender.SendRtp(source.KeyFrame());
        world.Run(5000);
        Assert.Equal(silentSince, peer.DatagramsReceived);
        var asked = sender.PliCount(1000);

        peer.SendCheck();
        world.Settle();

        Assert.Equal(IceState.Completed, States(world)[^1]);
        Assert.Equal(asked + 1, sender.PliCount(1000));
        sender.SendRtp(source.DeltaFrame());
        sender.SendRtp(source.KeyFrame());
        world.Settle();
        Assert.Equal(2, peer.Rtp.Count);
        Assert.Equal(peer.Rtp[0].SequenceNumber + 1, peer.Rtp[1].SequenceNumber);
        Assert.Single(world.Events.Of<WebRtcTransportDtlsStateChangeEvent>("browser"), change => change.DtlsState == DtlsState.Connected);
    }

    [Fact]
    public void Consent_is_kept_by_checks()
    {
        using var world = new World();
        var peer = world.ConnectWebRtc("browser");

        for (var i = 0; i < 20; i++)
        {
            world.Run(5000);
            peer.SendCheck();
        }

        Assert.Equal([IceState.Completed], States(world));
    }

    [Fact]
    public void A_consent_timeout_of_zero_never_expires()
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser", iceConsentTimeout: 0));
        peer.SendCheck();

        world.Run(600_000);

        Assert.Equal([IceState.Completed], States(world));
    }

    [Fact]
    public void After_a_restart_both_credentials_work_until_the_new_ones_are_used()
    {
        using var world = new World();
        var peer = world.ConnectWebRtc("browser");
        var old = peer.Credentials;

        var restart = peer.Transport.RestartIce();
        var renewed = new IceCredentials(restart.UsernameFragment, restart.Password);
        Assert.NotEqual(old, renewed);
        Assert.True(restart.IceLite);

        peer.SendCheck(credentials: old);
        world.Settle();
        Assert.Equal((2, 0), (peer.ChecksAnswered, peer.ChecksRefused));

        peer.SendCheck(credentials: renewed);
        world.Settle();
        Assert.Equal((3, 0), (peer.ChecksAnswered, peer.ChecksRefused));

        peer.SendCheck(credentials: old);
        world.Settle();
        Assert.Equal((3, 1), (peer.ChecksAnswered, peer.ChecksRefused));
        Assert.True(peer.Transport.IsConnected);
    }

    [Fact]
    public void Media_from_a_second_valid_path_moves_the_selection_there()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var audio = Media.Audio();
        sender.Transport.Produce(audio);
        var peer = world.ConnectWebRtc("browser");
        peer.Transport.Consume(Media.Consume(audio));
        peer.Transport.Produce(Media.Audio("own", 4000));
        var home = peer.Address.Port;

        peer.MoveTo(30_000);
        peer.SendCheck(useCandidate: false);
        world.Settle();
        Assert.Single(world.Events.Of<WebRtcTransportIceSelectedTupleChangeEvent>("browser"));

        peer.SendRtp(RtpSource.Audio(4000).Next(Payloads.Opus()));
        world.Settle();

        var selected = world.Events.Of<WebRtcTransportIceSelectedTupleChangeEvent>("browser").Last().Tuple;
        Assert.Equal(30_000, selected.RemotePort);
        Assert.NotEqual(home, selected.RemotePort);
        sender.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.Settle();
        Assert.Equal(30_000, peer.LastDestination.Port);
        Assert.Single(peer.Rtp);
    }

    [Fact]
    public void Media_from_a_path_that_was_never_checked_is_not_heard()
    {
        using var world = new World();
        var peer = world.ConnectWebRtc("browser");
        peer.Transport.Produce(Media.Audio());

        peer.MoveTo(30_000);
        peer.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.Settle();

        Assert.Equal(1, peer.Transport.Counters.UnexpectedPackets);
        Assert.Single(world.Events.Of<WebRtcTransportIceSelectedTupleChangeEvent>("browser"));
    }

    [Fact]
    public void Candidates_tell_the_announced_address_and_the_own_one_on_demand()
    {
        using var world = new World();
        var transport = world.CreateWebRtcTransport(
            "browser",
            listenInfos:
            [
                World.Listen with { AnnouncedAddress = "sfu.example", ExposeInternalIp = true },
                World.Listen with { Port = 4444 },
            ]);

        var candidates = ((WebRtcTransportDump)transport.Dump()).IceCandidates;

        Assert.Equal(["sfu.example", World.WorkerIp, World.WorkerIp], candidates.Select(candidate => candidate.Address));
        Assert.Equal(candidates[0].Priority - 1000, candidates[1].Priority);
        Assert.Equal((64u << 24) + (9900u << 8) + 255, candidates[2].Priority);
        Assert.Equal(4444, candidates[2].Port);
        Assert.All(candidates, candidate => Assert.Equal("udpcandidate", candidate.Foundation));
    }

    private static List<IceState> States(World world) =>
        [.. world.Events.Of<WebRtcTransportIceStateChangeEvent>("browser").Select(change => change.IceState)];
}
