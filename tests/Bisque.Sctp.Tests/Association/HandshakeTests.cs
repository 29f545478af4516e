using Bisque.Primitives;
using Bisque.Sctp.Packets;
using Bisque.Testing;

namespace Bisque.Sctp.Tests.Association;

public sealed class HandshakeTests
{
    [Fact]
    public void Two_associations_connect_by_four_packets()
    {
        var pair = new Pair { KeepLog = true };
        pair.A.Association.Connect(pair.Now);
        pair.Run(100);

        Assert.Equal([SctpState.Connecting, SctpState.Connected], pair.A.States);
        Assert.Equal([SctpState.Connected], pair.Z.States);
        Assert.Equal([ChunkType.Init, ChunkType.InitAck, ChunkType.CookieEcho, ChunkType.CookieAck], pair.Log.SelectMany(p => Peer.ChunksOf(p.Packet)));
        Assert.Equal(SctpImplementation.Bisque, pair.A.Association.PeerImplementation);
    }

    [Fact]
    public void Two_that_begin_at_once_connect()
    {
        var pair = new Pair();
        pair.A.Association.Connect(pair.Now);
        pair.Z.Association.Connect(pair.Now);
        pair.Run(100);

        Assert.Equal([SctpState.Connecting, SctpState.Connected], pair.A.States);
        Assert.Equal([SctpState.Connecting, SctpState.Connected], pair.Z.States);
        AssertMessagesFlow(pair);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(25)]
    [InlineData(35)]
    public void One_that_begins_while_the_others_handshake_is_under_way_connects(int milliseconds)
    {
        var pair = new Pair();
        pair.A.Association.Connect(pair.Now);
        pair.Run(milliseconds);
        pair.Z.Association.Connect(pair.Now);
        pair.Run(200);

        Assert.Equal((SctpState.Connected, SctpState.Connected), (pair.A.State, pair.Z.State));
        AssertMessagesFlow(pair);
    }

    [Fact]
    public void A_colliding_init_whose_answer_overtakes_it_is_no_trouble()
    {
        var a = new Peer(seed: 3);
        var z = new Peer(seed: 4);
        a.Association.Connect(0.Milliseconds());
        z.Association.Connect(0.Milliseconds());
        var initA = a.TakeOnly();
        var initZ = z.TakeOnly();
        z.Association.Receive(initA, 1.Milliseconds());
        a.Association.Receive(z.TakeOnly(), 1.Milliseconds());
        Assert.Equal([ChunkType.CookieEcho], Peer.ChunksOf(a.Sent[0]));
        a.Association.Receive(initZ, 2.Milliseconds());
        Exchange(a, z, 3.Milliseconds());

        Assert.Equal((SctpState.Connected, SctpState.Connected), (a.State, z.State));
        Assert.Equal(SctpSendStatus.Success, a.Send("x", 3.Milliseconds()));
        Exchange(a, z, 3.Milliseconds());
        Assert.Equal(["x"], z.Texts);
    }

    [Fact]
    public void Each_of_the_four_packets_may_be_lost()
    {
        for (var lost = 0; lost < 4; lost++)
        {
            var count = 0;
            var pair = new Pair();
            pair.OnSent = (_, packet) => count++ == lost ? null : packet;
            pair.A.Association.Connect(pair.Now);
            pair.Run(1500);

            Assert.Equal((SctpState.Connected, SctpState.Connected), (pair.A.State, pair.Z.State));
            AssertMessagesFlow(pair);
        }
    }

    [Fact]
    public void Data_that_comes_before_a_lost_cookie_ack_is_taken()
    {
        var pair = new Pair();
        pair.OnSent = (_, packet) => Peer.ChunksOf(packet)[0] == ChunkType.CookieAck ? null : packet;
        pair.A.Association.Connect(pair.Now);
        pair.Run(50);
        Assert.Equal((SctpState.Connecting, SctpState.Connected), (pair.A.State, pair.Z.State));
        pair.Z.Send("early", pair.Now);
        pair.Run(50);

        Assert.Equal(["early"], pair.A.Texts);
    }

    [Fact]
    public void Init_is_sent_nine_times_with_doubling_waits_and_then_it_has_failed()
    {
        var peer = new Peer();
        peer.Association.Connect(0.Milliseconds());
        var waits = Waits(peer);

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256], waits);
        Assert.Equal(9, peer.Sent.Count);
        Assert.All(peer.Sent, packet => Assert.Equal(peer.Sent[0], packet));
        Assert.Equal([SctpState.Connecting, SctpState.Failed], peer.States);
        Assert.Equal(SctpErrorKind.TooManyRetries, Assert.Single(peer.Errors).Kind);
        Assert.Equal(SctpSendStatus.Closed, peer.Send("x", 0.Milliseconds()));
    }

    [Fact]
    public void Cookie_echo_is_sent_nine_times_and_then_it_has_failed()
    {
        var a = new Peer();
        var z = new Peer(seed: 9);
        a.Association.Connect(0.Milliseconds());
        z.Receive(a.TakeSent(), 0.Milliseconds());
        a.Receive(z.TakeSent(), 0.Milliseconds());
        var waits = Waits(a);

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256], waits);
        Assert.Equal(9, a.Sent.Count(packet => Peer.ChunksOf(packet)[0] == ChunkType.CookieEcho));
        Assert.Equal([SctpState.Connecting, SctpState.Failed], a.States);
    }

    [Fact]
    public void Messages_sent_before_the_connection_are_delivered_after_it()
    {
        var pair = new Pair();
        Assert.Equal(SctpSendStatus.Success, pair.A.Send("first", pair.Now));
        pair.A.Association.Connect(pair.Now);
        Assert.Equal(SctpSendStatus.Success, pair.A.Send("second", pair.Now));
        Assert.Equal(SctpSendStatus.Success, pair.Z.Send("third", pair.Now));
        pair.Run(100);

        Assert.Equal(["first", "second"], pair.Z.Texts);
        Assert.Equal(["third"], pair.A.Texts);
    }

    [Fact]
    public void Streams_are_the_lesser_of_what_both_want()
    {
        var pair = Pair.Connected(new() { OutgoingStreams = 100, IncomingStreams = 200 }, new() { OutgoingStreams = 50, IncomingStreams = 20 });

        Assert.Equal((20, 50), (pair.A.Association.NegotiatedCapabilities.OutgoingStreams, pair.A.Association.NegotiatedCapabilities.IncomingStreams));
        Assert.Equal((50, 20), (pair.Z.Association.NegotiatedCapabilities.OutgoingStreams, pair.Z.Association.NegotiatedCapabilities.IncomingStreams));
        Assert.Equal(SctpSendStatus.InvalidStream, pair.A.Send("x", pair.Now, stream: 20));
        Assert.Equal(SctpSendStatus.Success, pair.A.Send("x", pair.Now, stream: 19));
    }

    [Theory]
    [InlineData(false, false, false, false)]
    [InlineData(true, false, false, false)]
    [InlineData(false, true, false, false)]
    [InlineData(false, false, true, false)]
    [InlineData(false, false, false, true)]
    [InlineData(true, true, true, true)]
    public void An_extension_is_used_when_both_offer_it(bool reliability, bool interleaving, bool reset, bool zeroChecksum)
    {
        var all = new SctpOptions { ZeroChecksum = true };
        var some = new SctpOptions { PartialReliability = reliability, MessageInterleaving = interleaving, StreamReset = reset, ZeroChecksum = zeroChecksum };
        foreach (var pair in new[] { Pair.Connected(all, some), Pair.Connected(some, all) })
        {
            foreach (var capabilities in new[] { pair.A.NegotiatedCapabilities.Single(), pair.Z.NegotiatedCapabilities.Single() })
            {
                Assert.Equal(
                    (reliability, interleaving, reset, zeroChecksum),
                    (capabilities.PartialReliability, capabilities.MessageInterleaving, capabilities.StreamReset, capabilities.ZeroChecksum));
            }

            AssertMessagesFlow(pair);
        }
    }

    [Fact]
    public void A_peer_that_restarts_is_connected_again()
    {
        var pair = Pair.Connected();
        pair.A.Send("before", pair.Now);
        pair.Run(50);
        var z = pair.Z;
        var fresh = new Peer(seed: 77);
        fresh.Association.Connect(pair.Now);
        var toZ = fresh.TakeSent();
        for (var i = 0; i < 10 && toZ.Length > 0; i++)
        {
            z.Transmit = null;
            z.Receive(toZ, pair.Now);
            fresh.Receive(z.TakeSent(), pair.Now);
            toZ = fresh.TakeSent();
        }

        Assert.Equal((SctpState.Connected, SctpState.Connected, 1), (fresh.State, z.State, z.Restarts));
        Assert.Equal([SctpState.Connected], z.States);
        z.Send("after", pair.Now);
        fresh.Send("anew", pair.Now);
        Exchange(fresh, z, pair.Now);
        Assert.Equal(["after"], fresh.Texts);
        Assert.Equal(["before", "anew"], z.Texts);
    }

    [Fact]
    public void A_cookie_of_another_maker_is_dropped_without_a_word()
    {
        var a = new Peer();
        var z = new Peer(seed: 9);
        a.Association.Connect(0.Milliseconds());
        z.Receive(a.TakeSent(), 0.Milliseconds());
        a.Receive(z.TakeSent(), 0.Milliseconds());
        var echo = a.TakeOnly();
        for (var at = 16; at < echo.Length; at++)
        {
            var forged = (byte[])echo.Clone();
            forged[at] ^= 1;
            z.Association.Receive(Packet.WithChecksum(forged), 0.Milliseconds());

            Assert.Equal(SctpState.New, z.State);
            Assert.Empty(z.Sent);
        }

        z.Association.Receive(echo, 0.Milliseconds());
        Assert.Equal(SctpState.Connected, z.State);
    }

    [Fact]
    public void A_cookie_is_good_for_a_minute_and_then_called_stale()
    {
        foreach (var (age, connected) in new[] { (60_000, true), (60_001, false) })
        {
            var a = new Peer();
            var z = new Peer(seed: 9);
            a.Association.Connect(0.Milliseconds());
            z.Receive(a.TakeSent(), 0.Milliseconds());
            a.Receive(z.TakeSent(), 0.Milliseconds());
            z.Receive(a.TakeSent(), age.Milliseconds());

            Assert.Equal(connected ? SctpState.Connected : SctpState.New, z.State);
            Assert.Equal([connected ? ChunkType.CookieAck : ChunkType.Error], Peer.ChunksOf(z.Sent[0]));
            if (connected)
            {
                continue;
            }

            // It begins anew, once.
            a.Receive(z.TakeSent(), age.Milliseconds());
            Assert.Equal([ChunkType.Init], Peer.ChunksOf(a.Sent[0]));
            Exchange(a, z, age.Milliseconds());
            Assert.Equal((SctpState.Connected, SctpState.Connected), (a.State, z.State));
        }
    }

    [Fact]
    public void A_cookie_that_comes_again_is_acknowledged_again_even_when_it_is_old()
    {
        byte[]? echo = null;
        var pair = new Pair();
        pair.OnSent = (_, packet) =>
        {
            echo = Peer.ChunksOf(packet)[0] == ChunkType.CookieEcho ? packet : echo;
            return packet;
        };
        pair.A.Association.Connect(pair.Now);
        pair.Run(100);
        pair.Run(100_000);
        pair.Z.Transmit = null;
        pair.Z.Association.Receive(echo!, pair.Now);

        Assert.Contains(pair.Z.Sent, packet => Peer.ChunksOf(packet).SequenceEqual([ChunkType.CookieAck]));
        Assert.Equal([SctpState.Connected], pair.Z.States);
    }

    [Fact]
    public void An_init_with_a_tag_or_other_chunks_is_dropped()
    {
        var a = new Peer();
        var z = new Peer(seed: 9);
        a.Association.Connect(0.Milliseconds());
        var init = a.TakeOnly();
        var tagged = (byte[])init.Clone();
        tagged[7] = 1;
        z.Association.Receive(Packet.WithChecksum(tagged), 0.Milliseconds());
        z.Association.Receive(Packet.WithChecksum([.. init, 11, 0, 0, 4]), 0.Milliseconds());

        Assert.Empty(z.Sent);
        Assert.Equal(2, z.Association.Counters.PacketsDropped);
    }

    [Fact]
    public void An_init_with_tag_zero_is_dropped_and_one_without_streams_is_refused()
    {
        var z = new Peer(seed: 9);
        z.Association.Receive(Packet.Init(tag: 0), 0.Milliseconds());
        Assert.Empty(z.Sent);

        foreach (var init in new[] { Packet.Init(tag: 7, outbound: 0), Packet.Init(tag: 7, inbound: 0), Packet.Init(tag: 7, window: 1499) })
        {
            z.Association.Receive(init, 0.Milliseconds());
            var abort = z.TakeOnly();
            Assert.Equal([ChunkType.Abort], Peer.ChunksOf(abort));
            Assert.Equal(7, abort[7]);
            Assert.Equal(SctpState.New, z.State);
        }
    }

    [Fact]
    public void An_init_ack_without_cookie_ends_the_handshake()
    {
        var a = new Peer();
        a.Association.Connect(0.Milliseconds());
        var tag = Packet.InitiateTagOf(a.TakeOnly());
        a.Association.Receive(Packet.Init(tag: 7, type: ChunkType.InitAck, verificationTag: tag), 0.Milliseconds());

        Assert.Equal([ChunkType.Abort], Peer.ChunksOf(a.TakeOnly()));
        Assert.Equal([SctpState.Connecting, SctpState.Failed], a.States);
        Assert.Equal(SctpErrorKind.ProtocolViolation, Assert.Single(a.Errors).Kind);
    }

    [Fact]
    public void Unknown_parameters_are_reported_when_their_bits_ask_for_it()
    {
        var z = new Peer(seed: 9);
        byte[] parameters = [0x80, 0x77, 0, 4, 0xC0, 0x77, 0, 5, 1, 0, 0, 0, 0xC0, 0x00, 0, 4];
        z.Association.Receive(Packet.Init(tag: 7, parameters: parameters), 0.Milliseconds());

        var initAck = Convert.ToHexString(z.TakeOnly());
        Assert.EndsWith("00080009C077000501000000", initAck);
        Assert.DoesNotContain("80770004", initAck);
    }

    [Fact]
    public void A_parameter_whose_bits_say_stop_hides_those_behind_it()
    {
        var z = new Peer(seed: 9);
        z.Association.Receive(Packet.Init(tag: 7, parameters: [0x00, 0x77, 0, 4, 0xC0, 0x77, 0, 4]), 0.Milliseconds());

        Assert.DoesNotContain("0008", Convert.ToHexString(z.TakeOnly())[^32..]);
    }

    internal static void AssertMessagesFlow(Pair pair)
    {
        var before = (pair.A.Messages.Count, pair.Z.Messages.Count);
        Assert.Equal(SctpSendStatus.Success, pair.A.Send("to z", pair.Now));
        Assert.Equal(SctpSendStatus.Success, pair.Z.Send("to a", pair.Now));
        pair.Run(1000);
        Assert.Equal((before.Item1 + 1, before.Item2 + 1), (pair.A.Messages.Count, pair.Z.Messages.Count));
    }

    internal static void Exchange(Peer a, Peer z, MonotonicTime now)
    {
        for (var i = 0; i < 100 && (a.Sent.Count > 0 || z.Sent.Count > 0); i++)
        {
            z.Receive(a.TakeSent(), now);
            a.Receive(z.TakeSent(), now);
        }
    }

    private static List<int> Waits(Peer peer)
    {
        var waits = new List<int>();
        var last = 0.Milliseconds();
        while (peer.State == SctpState.Connecting)
        {
            var due = peer.Association.NextDeadline;
            waits.Add((int)(due - last).TotalSeconds);
            peer.Association.OnDeadline(due);
            last = due;
        }

        Assert.Equal(MonotonicTime.Never, peer.Association.NextDeadline);
        return waits;
    }
}
