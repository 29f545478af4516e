using Bisque.Testing;
using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests.Av1;

public sealed class Av1FrameJoinTests
{
    [Theory]
    [InlineData("10 aabb", "60 02 aabb 78")] // W = 1 becomes 2: what was the last element gets a length
    [InlineData("20 01 aa bbcc", "70 01 aa 02 bbcc 78")]
    [InlineData("30 01 aa 01 bb ccdd", "40 01 aa 01 bb 02 ccdd 01 78")] // W = 3 becomes 0: all get one
    [InlineData("00 01 aa 02 bbcc", "40 01 aa 02 bbcc 01 78")]
    [InlineData("90 aa", "e0 01 aa 78")] // what it continues, it still continues
    [InlineData("18 0a", "68 01 0a 78")] // and it still begins a sequence
    public void The_last_packet_of_a_frame_begins_padding(string payload, string joined) =>
        Assert.Equal(Bytes(joined), Join(payload, continues: false, isContinued: true));

    [Theory]
    [InlineData("10 aabb", "a0 01 80 aabb")]
    [InlineData("20 01 aa bbcc", "b0 01 80 01 aa bbcc")]
    [InlineData("30 01 aa 01 bb ccdd", "80 01 80 01 aa 01 bb 02 ccdd")]
    [InlineData("00 01 aa 02 bbcc", "80 01 80 01 aa 02 bbcc")]
    [InlineData("50 aa", "e0 01 80 aa")]
    [InlineData("18 0a", "a0 01 80 0a")] // what continues begins no sequence
    public void The_first_packet_of_the_next_frame_ends_it(string payload, string joined) =>
        Assert.Equal(Bytes(joined), Join(payload, continues: true, isContinued: false));

    [Theory]
    [InlineData("10 aabb", "f0 01 80 02 aabb 78")]
    [InlineData("20 01 aa bbcc", "c0 01 80 01 aa 02 bbcc 01 78")]
    [InlineData("30 01 aa 01 bb ccdd", "c0 01 80 01 aa 01 bb 02 ccdd 01 78")]
    [InlineData("00 02 aabb", "c0 01 80 02 aabb 01 78")]
    public void A_frame_of_one_packet_between_two_others_is_joined_to_both(string payload, string joined) =>
        Assert.Equal(Bytes(joined), Join(payload, continues: true, isContinued: true));

    [Theory]
    [InlineData("")]
    [InlineData("10")] // no element
    [InlineData("00 03 aabb")] // an element beyond the end
    [InlineData("00 01 aa 02 bb")]
    [InlineData("00 80")] // a length cut short
    [InlineData("00 ffffffff0f aa")]
    [InlineData("00 8080808080808080 01 aa")] // a length of nine bytes
    [InlineData("20 03 aabb")]
    [InlineData("30 01 aa 01")]
    [InlineData("30 01 aa")]
    public void A_payload_that_is_not_well_formed_stays_as_it_is(string payload)
    {
        foreach (var (continues, isContinued) in new[] { (true, false), (false, true), (true, true) })
        {
            Assert.Null(Join(payload, continues, isContinued));
        }
    }

    [Fact]
    public void A_fragment_that_is_there_already_is_not_joined_to_another()
    {
        Assert.Null(Join("90 aa", continues: true, isContinued: false));
        Assert.Null(Join("50 aa", continues: false, isContinued: true));
        Assert.Null(Join("50 aa", continues: true, isContinued: true));
    }

    [Theory]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(1199)]
    [InlineData(2040)]
    public void A_large_element_gets_a_length_of_as_many_bytes_as_it_needs(int size)
    {
        var payload = new byte[1 + size];
        payload[0] = 0x10;
        payload.AsSpan(1).Fill(0xcc);
        var joined = new byte[payload.Length + Av1FrameJoin.LargestGrowth];

        Assert.True(Av1FrameJoin.TryWrite(payload, continues: true, isContinued: true, joined, out var length));

        Assert.Equal(payload.Length + 2 + (size < 128 ? 1 : 2) + 1, length);
        Assert.Equal([[0x80], payload[1..], [0x78]], Av1Elements.Of(joined.AsSpan(0, length)));
    }

    [Fact]
    public void Without_room_for_the_largest_growth_nothing_is_written()
    {
        var destination = new byte[3 + Av1FrameJoin.LargestGrowth];
        Assert.True(Av1FrameJoin.TryWrite(Bytes("10 aabb"), true, true, destination, out _));
        Assert.False(Av1FrameJoin.TryWrite(Bytes("10 aabb"), true, true, destination.AsSpan(1), out var length));
        Assert.Equal(0, length);
    }

    [Fact]
    public void Damaged_payloads_are_left_alone_or_keep_every_element()
    {
        byte[][] corpus = [Bytes("10 aabb"), Bytes("20 01 aa bbcc"), Bytes("38 01 aa 01 bb ccdd"), Bytes("08 01 aa 02 bbcc 03 ddeeff"), [0x20, 0x80, 0x01, .. new byte[200]]];
        var mutator = new Mutator(seed: 4);
        var random = new SeededRandomSource(5);
        var joins = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var payload = mutator.Next(corpus);
            var (continues, isContinued) = (random.NextInt32(0, 1) == 0, random.NextInt32(0, 1) == 0);
            var destination = new byte[payload.Length + Av1FrameJoin.LargestGrowth];
            if (Av1FrameJoin.TryWrite(payload, continues, isContinued, destination, out var length))
            {
                joins++;
                byte[][] expected = [.. continues ? [[0x80]] : Array.Empty<byte[]>(), .. Av1Elements.Of(payload), .. isContinued ? [[0x78]] : Array.Empty<byte[]>()];
                Assert.Equal(expected, Av1Elements.Of(destination.AsSpan(0, length)));
                var (before, after) = (new Av1AggregationHeader(payload[0]), new Av1AggregationHeader(destination[0]));
                Assert.Equal((before.Continues || continues, before.IsContinued || isContinued), (after.Continues, after.IsContinued));
                Assert.Equal(before.BeginsSequence && !continues, after.BeginsSequence);
            }
            else
            {
                Assert.Equal(0, length);
            }
        }

        Assert.InRange(joins, 10_000, 90_000);
    }

    [Fact]
    public void Joining_allocates_nothing()
    {
        var payload = Bytes("30 01 aa 01 bb ccdd");
        var destination = new byte[64];
        var sum = 0L;

        var allocated = AllocationAssert.BytesAllocated(() =>
        {
            Av1FrameJoin.TryWrite(payload, true, true, destination, out var length);
            sum += length;
        });

        Assert.Equal(0, allocated);
        Assert.NotEqual(0, sum);
    }

    private static byte[]? Join(string payload, bool continues, bool isContinued)
    {
        var bytes = Bytes(payload);
        var destination = new byte[bytes.Length + Av1FrameJoin.LargestGrowth];
        return Av1FrameJoin.TryWrite(bytes, continues, isContinued, destination, out var length) ? destination[..length] : null;
    }
}
