using Bisque.Dtls.Crypto;
using Bisque.Dtls.Handshake;
using Bisque.Dtls.Records;
using Bisque.Testing;

namespace Bisque.Dtls.Tests;

[Collection(RunsAlone.Name)]
public sealed class HostileTests
{
    [Fact]
    public void A_hundred_thousand_junk_records_change_nothing_and_leave_no_garbage()
    {
        var pair = Pair.Connected();
        var random = new SeededRandomSource(11);
        var junk = new byte[64][];
        for (var i = 0; i < junk.Length; i++)
        {
            var content = new byte[random.NextInt32(0, 300)];
            random.Fill(content);
            var type = (ContentType)(20 + i % 4);
            junk[i] = Datagrams.Record(type, ((ulong)(i / 4 % 3) << 48) + 1000 + (ulong)i, content);
        }

        var next = 0;
        var allocated = AllocationAssert.BytesAllocated(() => pair.Server.Endpoint.Receive(junk[next++ % junk.Length], pair.Now), 1000, 100_000);

        Assert.InRange(allocated, 0, 1000);
        Assert.True(pair.Server.Endpoint.Counters.UnauthenticRecords > 30_000);
        HandshakeTests.AssertDataFlows(pair);
    }

    [Theory]
    [InlineData(CipherSuite.EcdheEcdsaAes128GcmSha256)]
    [InlineData(CipherSuite.EcdheEcdsaChaCha20Poly1305Sha256)]
    public void Protecting_and_opening_records_allocates_nothing(object suite)
    {
        var key = new byte[((CipherSuite)suite).KeyLength()];
        var nonce = new byte[((CipherSuite)suite).FixedNonceLength()];
        using var sender = new RecordLayer();
        using var receiver = new RecordLayer();
        sender.InstallKeys(new((CipherSuite)suite, key, nonce), new((CipherSuite)suite, key, nonce));
        receiver.InstallKeys(new((CipherSuite)suite, key, nonce), new((CipherSuite)suite, key, nonce));
        byte[] content = new byte[1200], datagram = new byte[1500], plaintext = new byte[1500];
        var opened = 0;

        var allocated = AllocationAssert.BytesAllocated(() =>
        {
            var length = sender.Write(ContentType.ApplicationData, 1, content, datagram);
            ReadOnlySpan<byte> rest = datagram.AsSpan(0, length);
            if (DtlsRecord.TryTake(ref rest, out var record) && receiver.Open(record, plaintext, out var size) == OpenResult.Opened && size == 1200)
            {
                opened++;
            }
        });

        Assert.Equal(1200, opened);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Sending_application_data_allocates_nothing_and_keeps_to_the_mtu()
    {
        var pair = Pair.Connected();
        var client = pair.Client;
        var data = new byte[client.Endpoint.MaximumApplicationData];
        client.Discard = true;

        Assert.Equal(0, AllocationAssert.BytesAllocated(() => client.Endpoint.Send(data)));
        Assert.Equal(DtlsOptions.DefaultMtu, client.LargestSent);
        Assert.False(client.Endpoint.Send(new byte[data.Length + 1]));
        Assert.False(client.Endpoint.Send([]));
    }

    [Fact]
    public void Receiving_application_data_allocates_nothing()
    {
        var pair = Pair.Connected();
        var (client, server) = (pair.Client, pair.Server);
        var datagrams = new List<byte[]>();
        client.Transmit = datagrams.Add;
        for (var i = 0; i < 1200; i++)
        {
            Assert.True(client.Endpoint.Send(new byte[1188]));
        }

        server.Discard = true;
        var next = 0;

        Assert.Equal(0, AllocationAssert.BytesAllocated(() => server.Endpoint.Receive(datagrams[next++], pair.Now), 200, 1000));
        Assert.Equal(1200 * 1188, server.BytesReceived);
    }

    [Fact]
    public void A_replayed_record_is_delivered_once()
    {
        var pair = Pair.Connected();
        pair.Client.Transmit = null;
        pair.Client.Endpoint.Send([1]);
        pair.Client.Endpoint.Send([2]);
        var records = pair.Client.TakeSent();
        pair.Server.Receive([records[1], records[0], records[1], records[0], records[0]]);

        Assert.Equal([[2], [1]], pair.Server.Received);
        Assert.Equal(3, pair.Server.Endpoint.Counters.ReplayedRecords);
    }

    [Fact]
    public void A_record_older_than_the_replay_window_is_dropped()
    {
        var window = new ReplayWindow();
        window.Mark(0);
        window.Mark(100);

        Assert.False(window.Allows(0));
        Assert.False(window.Allows(36));
        Assert.True(window.Allows(37));
        Assert.False(window.Allows(100));
        Assert.True(window.Allows(101));
    }

    [Fact]
    public void Close_notify_closes_the_other_side_and_is_answered()
    {
        var pair = Pair.Connected();
        pair.Client.Endpoint.Close();
        pair.Run(TimeSpan.FromSeconds(1));

        Assert.Equal(DtlsState.Closed, pair.Client.State);
        Assert.Equal([DtlsState.Connecting, DtlsState.Connected, DtlsState.Closed], pair.Server.States);
        Assert.False(pair.Server.Endpoint.Send([1]));
        Assert.False(pair.Client.Endpoint.Send([1]));
    }

    [Fact]
    public void Plaintext_alerts_mean_nothing_once_connected()
    {
        var pair = Pair.Connected();
        pair.Server.Receive([Datagrams.Alert(AlertLevel.Fatal, AlertDescription.HandshakeFailure), Datagrams.Alert(AlertLevel.Warning, AlertDescription.CloseNotify)]);
        pair.Run(TimeSpan.FromSeconds(10));

        Assert.True(pair.IsConnected);
        HandshakeTests.AssertDataFlows(pair);
    }

    [Fact]
    public void A_forged_alert_does_not_end_a_handshake_that_goes_on()
    {
        var pair = new Pair().Start();
        var forged = Datagrams.Alert(AlertLevel.Fatal, AlertDescription.HandshakeFailure);
        pair.Client.Receive([forged], 1000);
        pair.Run(TimeSpan.FromMilliseconds(15));
        pair.Server.Receive([forged], 1015);
        pair.Run(TimeSpan.FromSeconds(10));

        Assert.True(pair.IsConnected);
    }

    [Fact]
    public void An_alert_of_a_peer_that_then_is_silent_fails_the_handshake_after_two_seconds()
    {
        var client = new Peer(DtlsRole.Client, Certificates.Ec);
        client.Endpoint.Start(0.Milliseconds());
        client.Receive([Datagrams.Alert(AlertLevel.Fatal, AlertDescription.HandshakeFailure)], 50);
        for (var now = 50; now < 2050; now += 50)
        {
            client.ExpireAt(now.Milliseconds());
        }

        Assert.Equal(DtlsState.Connecting, client.State);
        client.ExpireAt(2050.Milliseconds());
        Assert.Equal(DtlsState.Failed, client.State);
    }

    [Fact]
    public void A_hello_of_dtls_1_0_is_answered_with_protocol_version()
    {
        var hello = Datagrams.HelloBody(new Peer(DtlsRole.Client, Certificates.Ec));
        hello[1] = 0xff;
        var server = StartedServer();
        server.Receive([Datagrams.Handshake(HandshakeType.ClientHello, 0, hello)]);

        Assert.Equal(DtlsState.Failed, server.State);
        Assert.Equal([(byte)AlertLevel.Fatal, (byte)AlertDescription.ProtocolVersion], server.Sent.Single()[DtlsRecord.HeaderLength..]);
    }

    [Fact]
    public void A_hello_that_also_offers_dtls_1_3_is_answered_with_1_2()
    {
        const ushort SupportedVersions = 43;
        var hello = Datagrams.WithExtension(Datagrams.HelloBody(new Peer(DtlsRole.Client, Certificates.Ec)), SupportedVersions, 5);
        var server = StartedServer();
        server.Receive([Datagrams.Handshake(HandshakeType.ClientHello, 0, hello)]);

        ReadOnlySpan<byte> answer = server.Sent[0];
        Assert.True(DtlsRecord.TryTake(ref answer, out var record));
        var plaintext = record.Fragment;
        Assert.True(HandshakeFragment.TryTake(ref plaintext, out var fragment));
        Assert.True(ServerHello.TryParse(fragment.Content, out var parsed));
        Assert.Equal(DtlsVersion.Dtls12, parsed.Version);
        Assert.False(parsed.Extensions.HasUnknown);
    }

    [Fact]
    public void An_undecodable_hello_does_not_spoil_the_next_one()
    {
        var server = StartedServer();
        server.Receive([Datagrams.Handshake(HandshakeType.ClientHello, 0, new byte[50])]);
        Assert.Equal(DtlsState.Connecting, server.State);
        Assert.Equal(1, server.Endpoint.Counters.InvalidRecords);

        server.Receive([Datagrams.Handshake(HandshakeType.ClientHello, 0, Datagrams.HelloBody(new Peer(DtlsRole.Client, Certificates.Ec)))]);
        Assert.NotEmpty(server.Sent);
    }

    [Fact]
    public void Two_thousand_half_open_servers_stay_small_and_an_honest_one_completes()
    {
        var message = new HandshakeMessage(HandshakeType.ClientHello, 0, new byte[HandshakeReassembler.MaximumBufferedBytes]);
        var half = Datagrams.Fragment(message, 0, 1000);
        var hello = Datagrams.Handshake(HandshakeType.ClientHello, 0, Datagrams.HelloBody(new Peer(DtlsRole.Client, Certificates.Ec)));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var servers = new List<Peer>();
        for (var i = 0; i < 2000; i++)
        {
            var server = new Peer(DtlsRole.Server, Certificates.OtherEc) { Transmit = _ => { } };
            server.Endpoint.Start(0.Milliseconds());
            server.Receive([i % 2 == 0 ? half : hello]);
            servers.Add(server);
        }

        var perServer = (GC.GetTotalMemory(forceFullCollection: true) - before) / servers.Count;
        GC.KeepAlive(servers);
        Assert.InRange(perServer, 0, 24 * 1024);
        HandshakeTests.AssertDataFlows(Pair.Connected());
    }

    private static Peer StartedServer()
    {
        var server = new Peer(DtlsRole.Server, Certificates.OtherEc);
        server.Endpoint.Start(0.Milliseconds());
        return server;
    }
}
