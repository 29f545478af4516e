using System.Buffers.Binary;
using System.Security.Cryptography;
using Bisque.Srtp.Ciphers;
using Bisque.Testing;

namespace Bisque.Srtp.Tests.Ciphers;

/// <summary>Authentication of many messages side by side against the framework's HMAC, one by one.</summary>
public sealed class HmacSha1LanesTests
{
    [Fact]
    public void Every_number_of_lanes_with_messages_of_any_lengths_gives_the_same_tags_as_one_by_one()
    {
        Assert.SkipUnless(HmacSha1Lanes.IsSupported, "This machine has no AVX-512.");
        var random = new SeededRandomSource(5);
        for (var round = 0; round < 400; round++)
        {
            var count = 1 + (round % HmacSha1Lanes.Count);
            CheckLanes(random, count, _ => random.NextInt32(0, round < 200 ? 200 : 1_400));
        }
    }

    [Fact]
    public void Every_length_up_to_four_blocks_is_padded_rightly()
    {
        Assert.SkipUnless(HmacSha1Lanes.IsSupported, "This machine has no AVX-512.");
        var random = new SeededRandomSource(6);
        for (var first = 0; first <= 256; first += HmacSha1Lanes.Count)
        {
            CheckLanes(random, HmacSha1Lanes.Count, i => first + i);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(40)]
    public void A_batch_writes_every_tag_once_it_was_flushed(int count)
    {
        var random = new SeededRandomSource(8);
        var lanes = MakeLanes(random, count, _ => random.NextInt32(12, 300));
        var batch = default(HmacSha1Batch);
        foreach (var lane in lanes)
        {
            batch.Add(lane.Lane);
        }

        batch.Flush();
        Assert.All(lanes, lane => Assert.Equal(lane.Expected, lane.Lane.Tag.ToArray()));
    }

    private static void CheckLanes(SeededRandomSource random, int count, Func<int, int> length)
    {
        var lanes = MakeLanes(random, count, length);
        HmacSha1Lanes.Compute([.. lanes.Select(lane => lane.Lane)]);
        Assert.All(lanes, lane => Assert.Equal(lane.Expected, lane.Lane.Tag.ToArray()));
    }

    private static (HmacSha1Lane Lane, byte[] Expected)[] MakeLanes(SeededRandomSource random, int count, Func<int, int> length) =>
        [.. Enumerable.Range(0, count).Select(i => MakeLane(random, i, length(i)))];

    private static (HmacSha1Lane Lane, byte[] Expected) MakeLane(SeededRandomSource random, int number, int length)
    {
        var key = new byte[20];
        var buffer = new byte[3 + length + 20];
        random.Fill(key);
        random.Fill(buffer);
        var suffix = random.NextUInt32();
        var tagLength = number % 3 == 0 ? 4 : number % 3 == 1 ? 10 : 20;
        var message = new byte[length + 4];
        buffer.AsSpan(3, length).CopyTo(message);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(length), suffix);
        return (new HmacSha1Lane(new HmacSha1(key), buffer, 3, length, suffix, tagLength), HMACSHA1.HashData(key, message)[..tagLength]);
    }
}
