using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Dtls.Tests;

public sealed class HandshakeTests
{
    [Fact]
    public void Two_endpoints_connect_and_hold_mirrored_srtp_keys()
    {
        var pair = Pair.Connected();

        Assert.Equal([DtlsState.Connecting, DtlsState.Connected], pair.Client.States);
        Assert.Equal([DtlsState.Connecting, DtlsState.Connected], pair.Server.States);
        Assert.Equal(0x0008, pair.Client.Keys!.Profile);
        Assert.Equal(44, pair.Client.Keys.LocalKey.Length);
        Assert.Equal(pair.Client.Keys.LocalKey, pair.Server.Keys!.RemoteKey);
        Assert.Equal(pair.Client.Keys.RemoteKey, pair.Server.Keys.LocalKey);
        Assert.NotEqual(pair.Client.Keys.LocalKey, pair.Client.Keys.RemoteKey);
        Assert.Equal(0, pair.Client.Endpoint.Counters.InvalidRecords + pair.Server.Endpoint.Counters.InvalidRecords);
        Assert.Equal(0, pair.Client.Endpoint.Counters.Retransmissions);
    }

    [Fact]
    public void Each_side_tells_the_others_certificate()
    {
        var pair = Pair.Connected();

        Assert.StartsWith("-----BEGIN CERTIFICATE-----\n", pair.Client.Endpoint.RemoteCertificatePem);
        Assert.EndsWith("-----END CERTIFICATE-----\n", pair.Client.Endpoint.RemoteCertificatePem);
        Assert.NotEqual(pair.Client.Endpoint.RemoteCertificatePem, pair.Server.Endpoint.RemoteCertificatePem);
    }

    [Theory]
    [InlineData(0x0001, 30)]
    [InlineData(0x0002, 30)]
    [InlineData(0x0007, 28)]
    [InlineData(0x0008, 44)]
    public void Every_srtp_profile_gives_keys_of_its_length(int profile, int length)
    {
        var pair = new Pair(clientOptions: o => o with { SrtpProfiles = [(ushort)profile] }).Start().Run(TimeSpan.FromSeconds(1));

        Assert.True(pair.IsConnected);
        Assert.Equal(profile, pair.Server.Keys!.Profile);
        Assert.Equal(length, pair.Server.Keys.LocalKey.Length);
        Assert.Equal(length, pair.Client.Keys!.RemoteKey.Length);
    }

    [Fact]
    public void The_server_picks_the_srtp_profile_by_its_own_order()
    {
        var pair = new Pair(
            clientOptions: o => o with { SrtpProfiles = [0x0008, 0x0001, 0x0007] },
            serverOptions: o => o with { SrtpProfiles = [0x0007, 0x0008] }).Start().Run(TimeSpan.FromSeconds(1));

        Assert.Equal(0x0007, pair.Client.Keys!.Profile);
    }

    [Fact]
    public void Without_a_common_srtp_profile_both_sides_fail()
    {
        var pair = new Pair(
            clientOptions: o => o with { SrtpProfiles = [0x0001] },
            serverOptions: o => o with { SrtpProfiles = [0x0007] }).Start().Run(TimeSpan.FromSeconds(5));

        Assert.Equal(DtlsState.Failed, pair.Server.State);
        Assert.Equal(DtlsState.Failed, pair.Client.State);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Ec_and_rsa_certificates_work_on_either_side(bool rsaClient, bool rsaServer)
    {
        var pair = new Pair(rsaClient ? Certificates.Rsa : Certificates.Ec, rsaServer ? Certificates.Rsa : Certificates.OtherEc);
        pair.Start().Run(TimeSpan.FromSeconds(1));

        Assert.True(pair.IsConnected);
        AssertDataFlows(pair);
    }

    [Fact]
    public void A_handshake_fits_a_small_mtu_in_fragments()
    {
        var pair = new Pair(
            client: Certificates.Rsa,
            server: Certificates.Rsa,
            clientOptions: o => o with { Mtu = 256 },
            serverOptions: o => o with { Mtu = 256 });
        pair.OnArrival = (_, datagram) =>
        {
            Assert.True(datagram.Length <= 256);
            return datagram;
        };
        pair.Start().Run(TimeSpan.FromSeconds(1));

        Assert.True(pair.IsConnected);
    }

    [Fact]
    public void Any_network_that_lets_something_through_ends_in_a_connection()
    {
        for (ulong seed = 1; seed <= 150; seed++)
        {
            var pair = new Pair(
                seed: seed,
                link: s => new(s) { Loss = 0.25, Duplication = 0.2, Jitter = TimeSpan.FromMilliseconds(60) },
                clientOptions: o => o with { Mtu = seed % 2 == 0 ? 300 : 1350 },
                serverOptions: o => o with { Mtu = seed % 3 == 0 ? 300 : 1350 });
            pair.Start().Run(TimeSpan.FromSeconds(36), () => pair.IsConnected);

            Assert.True(pair.IsConnected, $"seed {seed}: client {pair.Client.State}, server {pair.Server.State}");
            Assert.Equal(pair.Client.Keys!.LocalKey, pair.Server.Keys!.RemoteKey);
        }
    }

    [Fact]
    public void Any_single_lost_datagram_is_made_good_within_two_retransmissions()
    {
        for (var lost = 0; lost < 8; lost++)
        {
            var arrivals = 0;
            var pair = new Pair(serverOptions: o => o with { Mtu = 500 }, clientOptions: o => o with { Mtu = 500 });
            pair.OnArrival = (_, datagram) => arrivals++ == lost ? null : datagram;
            pair.Start().Run(TimeSpan.FromMilliseconds(400));

            Assert.True(pair.IsConnected, $"datagram {lost}");
        }
    }

    [Fact]
    public void A_finished_that_overtakes_its_flight_needs_no_retransmission()
    {
        var pair = new Pair(clientOptions: o => o with { Mtu = 256 });
        var held = new List<byte[]>();
        pair.OnArrival = (role, datagram) => datagram;
        pair.Client.Transmit = held.Add;
        pair.Start();
        pair.Server.Receive(held, 1000);
        held.Clear();
        pair.Run(TimeSpan.FromMilliseconds(20));
        Assert.True(held.Count >= 3);
        held.Reverse();
        pair.Server.Receive(held, 1020);

        Assert.Equal(DtlsState.Connected, pair.Server.State);
        Assert.Equal(0, pair.Server.Endpoint.Counters.Retransmissions);
    }

    [Fact]
    public void A_repeated_last_flight_of_the_client_brings_the_servers_again()
    {
        var pair = new Pair();
        var lost = 0;
        pair.OnArrival = (role, datagram) => role == DtlsRole.Client && pair.Server.State == DtlsState.Connected && lost++ == 0 ? null : datagram;
        pair.Start().Run(TimeSpan.FromSeconds(1));

        Assert.True(pair.IsConnected);
        Assert.Equal(1, pair.Server.Endpoint.Counters.Retransmissions);
    }

    [Fact]
    public void A_silent_peer_is_given_up_after_twelve_retransmissions()
    {
        var client = new Peer(DtlsRole.Client, Certificates.Ec);
        client.Endpoint.Start(0.Milliseconds());
        var gaps = new List<long>();
        var last = 0.Milliseconds();
        while (client.State == DtlsState.Connecting)
        {
            var due = client.Endpoint.NextDeadline;
            gaps.Add((due - last).Ticks / TimeSpan.TicksPerMillisecond);
            client.Endpoint.OnDeadline(due);
            last = due;
        }

        Assert.Equal([100, 200, 400, 800, 1600, 3200, 6400, 4000, 4000, 4000, 4000, 4000, 4000], gaps);
        Assert.Equal(13, client.Sent.Count);
        Assert.Equal(12, client.Endpoint.Counters.Retransmissions);
        Assert.Equal([DtlsState.Connecting, DtlsState.Failed], client.States);
        Assert.Equal(MonotonicTime.Never, client.Endpoint.NextDeadline);
    }

    internal static void AssertDataFlows(Pair pair)
    {
        Assert.True(pair.Client.Endpoint.Send([1, 2, 3]));
        Assert.True(pair.Server.Endpoint.Send([4, 5]));
        pair.Run(TimeSpan.FromMilliseconds(100));
        Assert.Equal([[1, 2, 3]], pair.Server.Received);
        Assert.Equal([[4, 5]], pair.Client.Received);
    }
}
