using System.Buffers.Binary;
using Bisque.Sctp.Packets;
using Bisque.Testing;

namespace Bisque.Sctp.Tests.Hostile;

public sealed class HostilePeerTests
{
    [Fact]
    public void Gap_blocks_that_make_no_sense_are_ignored()
    {
        var peer = new RawPeer();
        peer.Local.Send(new byte[3000], peer.Now);
        peer.Local.Sent.Clear();
        var before = peer.InitialTsn - 1;
        peer.Say(Packet.Sack(before, 100_000, new GapBlock(5, 2)));
        peer.Say(Packet.Sack(before, 100_000, new GapBlock(1, 65535)));
        peer.Say(Packet.Sack(before + 5000, 100_000));
        peer.Say(Packet.Sack(before - 5000, 100_000));

        Assert.Equal(SctpState.Connected, peer.Local.State);
        peer.Say(Packet.Sack(before + 3, 100_000));
        Assert.Equal(0, peer.Local.Association.TotalBufferedAmount);
    }

    [Fact]
    public void A_jump_of_the_tsn_is_not_followed()
    {
        var peer = new RawPeer();
        peer.Say(Packet.Data(1000 + 200_000, [1]));
        peer.Say(Packet.Data(1000 + 0x8000_0000, [1]));
        Assert.Empty(peer.Local.Messages);

        peer.Say(Packet.Data(1000, [1]));
        Assert.Single(peer.Local.Messages);
    }

    [Fact]
    public void Reset_requests_in_numbers_are_answered_and_leave_nothing_behind()
    {
        var peer = new RawPeer();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var room = new byte[1100];
        ushort[] streams = [.. Enumerable.Range(0, 500).Select(i => (ushort)i)];
        peer.Local.Discard = true;
        for (uint i = 0; i < 20_000; i++)
        {
            // Half of them wait for chunks that never come.
            var length = OutgoingSsnResetRequest.WriteChunk(room, 1000 + i, 0, new(999 + i % 2 * 50), streams);
            peer.Say(room[..length]);
            peer.Local.IncomingResets.Clear();
        }

        Assert.Equal(SctpState.Connected, peer.Local.State);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 4_000_000);
    }

    [Fact]
    public void Fragments_without_end_run_into_the_window_and_end_the_association()
    {
        var peer = new RawPeer(new() { ReceiverWindow = 100_000, MaxReceiveMessageSize = 10_000_000 });
        peer.Local.Discard = true;
        uint count = 0;
        for (; count < 2_000_000 && peer.Local.State == SctpState.Connected; count++)
        {
            peer.Say(Packet.Data(1000 + count, [1], beginning: count == 0, ending: false, fsn: count));
        }

        Assert.Equal([SctpState.Connected, SctpState.Closed], peer.Local.States);
        Assert.InRange(count, 1000u, 101_000u);
        Assert.Equal(SctpErrorKind.ResourceExhaustion, peer.Local.Errors[^1].Kind);
    }

    [Fact]
    public void Beginnings_of_many_messages_stay_within_the_window()
    {
        var peer = new RawPeer(new() { ReceiverWindow = 200_000 });
        peer.Local.Discard = true;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (uint i = 0; i < 300_000 && peer.Local.State == SctpState.Connected; i++)
        {
            peer.Say(Packet.Data(1001 + i % 90_000, [1], stream: (ushort)i, ending: false, mid: i));
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 16_000_000);
    }

    [Fact]
    public void A_stream_out_of_range_is_acknowledged_and_reported_and_not_delivered()
    {
        var peer = new RawPeer(new() { IncomingStreams = 10 });
        peer.Say(Packet.Data(1000, [1], stream: 10));

        Assert.Empty(peer.Local.Messages);
        var answers = peer.Answers();
        Assert.Contains(ChunkType.Error, answers);
        Assert.Contains(ChunkType.Sack, answers);
    }

    [Fact]
    public void Data_without_bytes_is_reported()
    {
        var peer = new RawPeer();
        peer.Say(Packet.Data(1000, []));

        Assert.Equal([ChunkType.Error], peer.Answers());
    }

    [Fact]
    public void A_window_of_zero_is_probed_and_does_not_end_the_association_while_the_peer_answers()
    {
        var peer = new RawPeer();
        peer.Local.Send(new byte[100_000], peer.Now);
        uint acknowledged = peer.InitialTsn - 1;
        for (var i = 0; i < 100; i++)
        {
            peer.Say(Packet.Sack(acknowledged, window: 0));
            peer.Now = peer.Local.Association.NextDeadline;
            peer.Local.Association.OnDeadline(peer.Now);
        }

        Assert.Equal(SctpState.Connected, peer.Local.State);
        Assert.True(peer.Local.Sent.Count < 400);
    }

    [Fact]
    public void Data_of_the_kind_that_was_not_negotiated_ends_the_association()
    {
        var peer = new RawPeer();
        peer.Say(Packet.Data(1000, [1], interleaved: false));

        Assert.Equal([ChunkType.Abort], peer.Answers());
        Assert.Equal([SctpState.Connected, SctpState.Closed], peer.Local.States);
    }

    [Fact]
    public void Forward_tsn_without_negotiation_ends_the_association()
    {
        var peer = new RawPeer(parameters: []);
        peer.Say(Packet.Chunk(ChunkType.ForwardTsn, 0, 0, 0, 4, 0));

        Assert.Equal([ChunkType.Abort], peer.Answers());
        Assert.Equal(SctpState.Closed, peer.Local.State);
    }

    [Theory]
    [InlineData(0x20, false, false)]
    [InlineData(0x60, false, true)]
    [InlineData(0xA0, true, false)]
    [InlineData(0xE0, true, true)]
    public void The_high_bits_of_an_unknown_chunk_say_whether_to_go_on_and_to_report(int type, bool goesOn, bool reports)
    {
        var peer = new RawPeer();
        peer.Say(Packet.Chunk((ChunkType)type, 0, 1, 2, 3), Packet.Chunk(ChunkType.Heartbeat, 0, 0, 1, 0, 4));

        var answers = peer.Answers();
        Assert.Equal(goesOn, answers.Contains(ChunkType.HeartbeatAck));
        Assert.Equal(reports, answers.Contains(ChunkType.Error));
    }

    [Fact]
    public void Packets_with_another_tag_port_or_checksum_are_dropped()
    {
        var peer = new RawPeer();
        var data = Packet.Data(1000, [1]);
        var wrongPort = Packet.Of(peer.Tag, data);
        wrongPort[1]++;
        var wrongChecksum = Packet.Of(peer.Tag, data);
        wrongChecksum[8]++;
        var noChecksum = Packet.Of(peer.Tag, data);
        noChecksum.AsSpan(8, 4).Clear();
        peer.Local.Receive([Packet.Of(peer.Tag + 1, data), Packet.WithChecksum(wrongPort), wrongChecksum, noChecksum, [], [1, 2, 3]], peer.Now);

        Assert.Equal(6, peer.Local.Association.Counters.PacketsDropped);
        Assert.Empty(peer.Local.Sent);
        Assert.Empty(peer.Local.Messages);
    }

    [Fact]
    public void An_abort_needs_our_tag_or_with_the_t_bit_the_peers()
    {
        foreach (var (tagged, flag, ends) in new[] { (true, 0, true), (false, 0, false), (true, 1, false), (false, 1, true) })
        {
            var peer = new RawPeer();
            peer.Local.Association.Receive(Packet.Of(tagged ? peer.Tag : RawPeer.PeerTag, Packet.Chunk(ChunkType.Abort, (byte)flag)), peer.Now);

            Assert.Equal(ends ? SctpState.Closed : SctpState.Connected, peer.Local.State);
            Assert.Empty(peer.Local.Sent);
        }
    }

    [Fact]
    public void An_init_during_an_association_changes_nothing()
    {
        var peer = new RawPeer();
        for (uint i = 0; i < 1000; i++)
        {
            peer.Local.Association.Receive(Packet.Init(100 + i), peer.Now);
        }

        Assert.Equal(1000, peer.Local.TakeSent().Length);
        peer.Say(Packet.Data(1000, [1]));
        Assert.Single(peer.Local.Messages);
    }

    [Fact]
    public void A_packet_out_of_the_blue_is_answered_with_abort_and_never_an_abort_with_anything()
    {
        var peer = new Peer();
        peer.Association.Receive(Packet.Of(77, Packet.Data(1, [1])), 0.Milliseconds());
        var abort = peer.TakeOnly();
        Assert.Equal([ChunkType.Abort], Peer.ChunksOf(abort));
        Assert.Equal((77u, 1), (BinaryPrimitives.ReadUInt32BigEndian(abort.AsSpan(4)), abort[13]));

        peer.Association.Receive(abort, 0.Milliseconds());
        peer.Association.Receive(Packet.Of(77, Packet.Chunk(ChunkType.ShutdownAck, 0)), 0.Milliseconds());
        Assert.Equal([ChunkType.ShutdownComplete], Peer.ChunksOf(peer.TakeOnly()));
        Assert.Equal(SctpState.New, peer.State);
    }

    [Fact]
    public void A_heartbeat_answer_that_was_not_asked_for_means_nothing()
    {
        var peer = new RawPeer();
        peer.Say(Packet.Chunk(ChunkType.HeartbeatAck, 0, 0, 1, 0, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0));
        peer.Say(Packet.Chunk(ChunkType.HeartbeatAck, 0, 0, 1, 0, 4));

        Assert.Equal(2, peer.Local.Association.Counters.ChunksDropped);
    }
}
