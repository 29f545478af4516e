using Bisque.Sctp.Packets;
using Bisque.Testing;

namespace Bisque.Sctp.Tests.Association;

/// <summary>Shutdown, abort, heartbeats, giving up, stream reset, packets without checksum.</summary>
public sealed class LifeTests
{
    [Fact]
    public void A_shutdown_waits_for_what_is_queued()
    {
        var pair = Pair.Connected();
        pair.A.Send(new byte[100_000], pair.Now);
        pair.A.Association.Shutdown(pair.Now);
        Assert.Equal(SctpSendStatus.Closed, pair.A.Send("late", pair.Now));
        pair.Run(2000);

        Assert.Equal(100_000, Assert.Single(pair.Z.Messages).Bytes.Length);
        Assert.Equal([SctpState.Connecting, SctpState.Connected, SctpState.ShuttingDown, SctpState.Closed], pair.A.States);
        Assert.Equal([SctpState.Connected, SctpState.ShuttingDown, SctpState.Closed], pair.Z.States);
        Assert.Empty(pair.A.Errors);
    }

    [Fact]
    public void Both_may_shut_down_at_once()
    {
        var pair = Pair.Connected();
        pair.A.Association.Shutdown(pair.Now);
        pair.Z.Association.Shutdown(pair.Now);
        pair.Run(2000);

        Assert.Equal((SctpState.Closed, SctpState.Closed), (pair.A.State, pair.Z.State));
    }

    [Fact]
    public void A_shutdown_without_answer_is_repeated_ten_times_and_given_up()
    {
        var pair = Pair.Connected();
        pair.KeepLog = true;
        pair.Outage = true;
        pair.A.Association.Shutdown(pair.Now);
        pair.Run(3_000_000, () => pair.A.State == SctpState.Closed);

        Assert.Equal(SctpState.Closed, pair.A.State);
        Assert.Equal(11, pair.Log.Count(p => p.FromA && Peer.ChunksOf(p.Packet).Contains(ChunkType.Shutdown)));
        Assert.Equal(SctpErrorKind.TooManyRetries, pair.A.Errors.Single().Kind);
    }

    [Fact]
    public void An_abort_ends_both_sides_at_once()
    {
        var pair = Pair.Connected();
        pair.A.Association.Abort(pair.Now);
        pair.Run(100);

        Assert.Equal((SctpState.Closed, SctpState.Closed), (pair.A.State, pair.Z.State));
        Assert.Equal(SctpErrorKind.PeerAborted, pair.Z.Errors.Single().Kind);
    }

    [Fact]
    public void An_idle_association_asks_every_half_minute_and_is_answered()
    {
        var pair = Pair.Connected();
        pair.KeepLog = true;
        pair.Run(100_000);

        Assert.Equal(3, pair.Log.Count(p => p.FromA && Peer.ChunksOf(p.Packet).Contains(ChunkType.Heartbeat)));
        Assert.Equal(3, pair.Log.Count(p => !p.FromA && Peer.ChunksOf(p.Packet).Contains(ChunkType.HeartbeatAck)));
        Assert.Equal(SctpState.Connected, pair.A.State);
    }

    [Fact]
    public void A_peer_that_answers_no_heartbeat_is_given_up_after_eleven()
    {
        var pair = Pair.Connected();
        pair.KeepLog = true;
        pair.Outage = true;
        pair.Run(600_000);

        Assert.Equal(11, pair.Log.Count(p => p.FromA && Peer.ChunksOf(p.Packet).Contains(ChunkType.Heartbeat)));
        Assert.Equal(SctpState.Closed, pair.A.State);
        Assert.Equal(SctpErrorKind.TooManyRetries, pair.A.Errors.Single().Kind);
    }

    [Fact]
    public void A_peer_that_acknowledges_nothing_is_given_up()
    {
        var pair = Pair.Connected();
        pair.Outage = true;
        pair.A.Send("x", pair.Now, options: new() { LifecycleId = 5 });
        pair.Run(3_000_000, () => pair.A.State == SctpState.Closed);

        Assert.Equal(SctpState.Closed, pair.A.State);
        Assert.Equal(5ul, Assert.Single(pair.A.Settled).Id);
    }

    [Fact]
    public void A_stream_is_reset_when_what_was_queued_on_it_has_arrived_and_then_begins_anew()
    {
        foreach (var interleaving in new[] { true, false })
        {
            var pair = Pair.Connected(new() { MessageInterleaving = interleaving });
            pair.A.Send(new byte[50_000], pair.Now, 3);
            Assert.True(pair.A.Association.ResetStreams([3, 5], pair.Now));
            pair.A.Send("anew", pair.Now, 3);
            pair.Run(5000);

            Assert.Equal([50_000, 4], pair.Z.Messages.Select(m => m.Bytes.Length));
            Assert.Equal([3, 5], pair.Z.IncomingResets.SelectMany(r => r).Order().Select(s => (int)s));
            Assert.Equal([3, 5], pair.A.PerformedResets.SelectMany(r => r).Order().Select(s => (int)s));
        }
    }

    [Fact]
    public void Resets_over_a_bad_network_are_all_performed_once()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            var pair = Pair.Connected(seed: seed, link: s => new(s) { Loss = 0.2, Jitter = TimeSpan.FromMilliseconds(40) });
            for (ushort stream = 0; stream < 10; stream++)
            {
                pair.A.Send(new byte[3000], pair.Now, stream);
                pair.A.Association.ResetStreams([stream], pair.Now);
                pair.A.Send("anew", pair.Now, stream);
                pair.Run(50);
            }

            pair.Run(1_000_000, () => pair.Z.Messages.Count == 20 && pair.A.PerformedResets.Sum(r => r.Length) == 10);
            Assert.Equal(20, pair.Z.Messages.Count);
            Assert.Equal(Enumerable.Range(0, 10), pair.Z.IncomingResets.SelectMany(r => r).Order().Select(s => (int)s));
            Assert.Equal(Enumerable.Range(0, 10), pair.A.PerformedResets.SelectMany(r => r).Order().Select(s => (int)s));
        }
    }

    [Fact]
    public void Packets_have_no_checksum_when_both_offer_that_but_those_of_the_handshake_do()
    {
        var pair = new Pair(new() { ZeroChecksum = true }) { KeepLog = true };
        pair.A.Association.Connect(pair.Now);
        pair.Run(100);
        pair.A.Send("x", pair.Now);
        pair.Run(1000);

        Assert.Equal(["x"], pair.Z.Texts);
        foreach (var (_, packet) in pair.Log)
        {
            var isBeginning = Peer.ChunksOf(packet)[0] is ChunkType.Init or ChunkType.InitAck or ChunkType.CookieEcho;
            Assert.Equal(isBeginning, packet[8..12].Any(b => b != 0));
        }
    }

    [Fact]
    public void No_packet_is_longer_than_the_mtu_says()
    {
        var pair = Pair.Connected();
        for (var length = 1; length < 5000; length += 37)
        {
            pair.A.Send(new byte[length], pair.Now);
            pair.Z.Send(new byte[length], pair.Now);
            pair.Run(5);
        }

        pair.Run(5000);
        Assert.Equal((1188, 1188), (pair.A.LargestSent, pair.Z.LargestSent));
    }

    [Fact]
    public void A_message_limited_to_one_transmission_is_given_up_when_it_is_lost_and_others_go_on()
    {
        var pair = Pair.Connected();
        pair.OnSent = (fromA, packet) => fromA ? null : packet;
        pair.A.Send("lost", pair.Now, options: new() { MaxRetransmissions = 0, LifecycleId = 1 });
        pair.OnSent = null;
        pair.A.Send("arrives", pair.Now, options: new() { LifecycleId = 2 });
        pair.Run(5000);

        Assert.Equal(["arrives"], pair.Z.Texts);
        Assert.Contains((1ul, SctpMessageOutcome.Abandoned), pair.A.Settled);
        Assert.Contains((2ul, SctpMessageOutcome.Acknowledged), pair.A.Settled);
    }

    [Fact]
    public void The_owner_may_send_and_end_from_within_events()
    {
        var pair = Pair.Connected();
        pair.Z.OnMessage = (stream, _, bytes) =>
        {
            if (bytes.Length == 3)
            {
                pair.Z.Association.Abort(pair.Now);
            }
            else
            {
                pair.Z.Send("answer", pair.Now, stream);
            }
        };
        pair.A.Send("question", pair.Now);
        pair.Run(100);
        Assert.Equal(["answer"], pair.A.Texts);

        pair.A.Send("end", pair.Now);
        pair.A.Send("not delivered", pair.Now);
        pair.Run(100);
        Assert.Equal((SctpState.Closed, SctpState.Closed), (pair.A.State, pair.Z.State));
        Assert.Single(pair.A.Messages);
    }

    [Fact]
    public void Limits_of_the_queue_and_thresholds_are_kept()
    {
        var pair = Pair.Connected(new() { SendBufferSize = 300_000, PerStreamSendQueueLimit = 150_000, MaxSendMessageSize = 100_000 });
        Assert.Equal(SctpSendStatus.MessageTooLarge, pair.A.Send(new byte[100_001], pair.Now));
        Assert.Equal(SctpSendStatus.MessageEmpty, pair.A.Send([], pair.Now));
        Assert.Equal(SctpSendStatus.Success, pair.A.Send(new byte[100_000], pair.Now));
        Assert.Equal(SctpSendStatus.Success, pair.A.Send(new byte[100_000], pair.Now));
        Assert.Equal(SctpSendStatus.ResourceExhaustion, pair.A.Send(new byte[100_000], pair.Now));
        Assert.Equal(SctpSendStatus.Success, pair.A.Send(new byte[100_000], pair.Now, stream: 2));
        pair.A.Association.SetBufferedAmountLowThreshold(2, 50_000);
        Assert.True(pair.A.Association.BufferedAmount(2) > 50_000);
        pair.Run(5000);

        Assert.Equal([1, 2], pair.A.Low.Order().Select(s => (int)s));
        Assert.Equal(0, pair.A.Association.TotalBufferedAmount);
        Assert.Equal(3, pair.Z.Messages.Count);
    }

    [Fact]
    public void Nothing_is_allocated_per_message_once_it_runs()
    {
        var a = new Peer(seed: 1);
        var z = new Peer(seed: 2);
        a.Association.Connect(0.Milliseconds());
        HandshakeTests.Exchange(a, z, 0.Milliseconds());
        Assert.Equal((SctpState.Connected, SctpState.Connected), (a.State, z.State));
        var wire = new Wire();
        var message = new byte[16_384];
        a.Discard = z.Discard = true;
        a.Divert = wire.ToZ;
        z.Divert = wire.ToA;
        var now = 1000;
        var allocated = AllocationAssert.BytesAllocated(
            () =>
            {
                now++;
                a.Send(message, now.Milliseconds());
                wire.Carry(a, z, now.Milliseconds());
            },
            warmUp: 3000);

        Assert.Equal(4000, z.Association.Counters.MessagesReceived);
        Assert.Equal(0, allocated);
    }
}
