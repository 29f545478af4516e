using Bisque.Engine.Packets;
using Bisque.Engine.Streams;
using Bisque.Net;
using Bisque.Testing;
using static Bisque.Engine.Tests.Streams.StreamTestData;

namespace Bisque.Engine.Tests.Streams;

public class RetransmissionStoreTests
{
    private readonly PacketPool _buffers = new(64);
    private readonly MediaPacketPool _packets = new();
    private readonly RetransmissionStore _store = new(isVideo: true, 90_000);

    [Fact]
    public void Packets_are_found_in_whatever_order_they_came()
    {
        Add(65_530, 0);
        Add(3, 0);
        Add(65_535, 0);
        Add(65_520, 0);

        Assert.Equal(4, _store.Count);
        Assert.Equal(Seq(65_535), _store.Find(Seq(65_535))!.Info.SequenceNumber);
        Assert.Equal(Seq(65_520), _store.Find(Seq(65_520))!.Info.SequenceNumber);
        Assert.Null(_store.Find(Seq(65_534)));
        Assert.Null(_store.Find(Seq(4)));
    }

    [Fact]
    public void A_packet_that_is_there_already_is_not_taken_again()
    {
        Assert.True(Add(10, 0));
        Assert.False(Add(10, 0));
        Assert.Equal(1, _buffers.Rented);
    }

    [Fact]
    public void Packets_are_kept_for_two_seconds_of_rtp_time()
    {
        Add(10, 0);
        Add(11, 1000);
        Add(20, 2000);
        Assert.NotNull(_store.Find(Seq(10)));

        Add(21, 2001);
        Assert.Null(_store.Find(Seq(10)));
        Assert.NotNull(_store.Find(Seq(11)));
        Assert.False(Add(9, 0));
        Assert.Equal(3, _buffers.Rented);
    }

    [Fact]
    public void No_more_than_2500_packets_are_kept()
    {
        for (var i = 0; i < 10_000; i++)
        {
            Add(i * 7, 0);
            if (i % 2 == 0)
            {
                Add((i * 7) + 3, 0);
            }
        }

        Assert.InRange(_store.Count, 500, 600);
        for (var i = 70_000; i < 80_000; i++)
        {
            Add(i, 0);
        }

        Assert.Equal(RetransmissionLimits.MaxPackets, _store.Count);
        Assert.Equal(RetransmissionLimits.MaxPackets, _buffers.Rented);
        Assert.Null(_store.Find(Seq(79_999 - 2500)));
        Assert.NotNull(_store.Find(Seq(79_999 - 2499)));
    }

    [Fact]
    public void No_more_bytes_are_kept_than_allowed()
    {
        var store = new RetransmissionStore(isVideo: true, 90_000, maxBytes: 1000);
        for (var i = 0; i < 50; i++)
        {
            var packet = _packets.Rent(_buffers, Packet(i, 0.Milliseconds()));
            store.Add(packet);
            packet.Release();
        }

        Assert.Equal((8, 896), (store.Count, store.Bytes));
        Assert.NotNull(store.Find(Seq(49)));
        Assert.Equal(8, _buffers.Rented);
    }

    [Fact]
    public void A_sender_that_starts_over_replaces_what_was_kept()
    {
        Add(10, 5000);
        Add(20_000, 5000);
        Assert.Null(_store.Find(Seq(10)));
        Assert.NotNull(_store.Find(Seq(20_000)));

        Add(20_001, 1000);
        Assert.Equal(1, _store.Count);
        Assert.NotNull(_store.Find(Seq(20_001)));
    }

    [Fact]
    public void Whatever_comes_no_packet_is_leaked_and_every_one_found_is_the_right_one()
    {
        var random = new SeededRandomSource(42);
        var number = 0;
        var ms = 0;
        for (var i = 0; i < 100_000; i++)
        {
            number += random.NextInt32(0, 999) == 0 ? random.NextInt32(-40_000, 40_000) : random.NextInt32(-20, 24);
            ms += random.NextInt32(0, 999) == 0 ? random.NextInt32(-5000, 5000) : random.NextInt32(0, 3);
            Add(number, ms);
            Assert.Equal(_store.Count, _buffers.Rented);
            var probe = Seq(number - random.NextInt32(0, 3000));
            if (_store.Find(probe) is { } found)
            {
                Assert.Equal(probe, found.Info.SequenceNumber);
            }
        }

        _store.Clear();
        Assert.Equal((0, 0, 0), (_store.Count, _store.Bytes, _buffers.Rented));
    }

    [Fact]
    public void A_packet_outlives_the_store_while_somebody_else_holds_it()
    {
        var packet = _packets.Rent(_buffers, Packet(1, 0.Milliseconds()));
        _store.Add(packet);
        _store.Clear();
        Assert.Equal(1, _buffers.Rented);
        Assert.Equal(100, packet.Payload.Length);

        packet.Release();
        Assert.Equal(0, _buffers.Rented);
        Assert.Same(packet, _packets.Rent(_buffers, Packet(2, 0.Milliseconds())));
    }

    private bool Add(int number, int ms)
    {
        var packet = _packets.Rent(_buffers, Packet(number & 0xffff, 0.Milliseconds(), timestamp: unchecked((uint)(ms * 90))));
        var added = _store.Add(packet);
        packet.Release();
        return added;
    }
}
