using Bisque.Engine.Streams;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Testing;
using static Bisque.Engine.Tests.Streams.StreamTestData;

namespace Bisque.Engine.Tests.Streams;

public class NackPackerTests
{
    [Fact]
    public void Numbers_within_seventeen_share_an_item()
    {
        Assert.Equal([new NackItem(Seq(65_530), 0x8001), new NackItem(Seq(11), 0)], Pack(65_530, 65_531, 10, 11));
    }

    [Fact]
    public void What_is_packed_comes_out_again()
    {
        var random = new SeededRandomSource(7);
        Span<SequenceNumber> lost = stackalloc SequenceNumber[NackPacker.MaxPerItem];
        for (var round = 0; round < 500; round++)
        {
            var numbers = new List<int>();
            for (var number = random.NextInt32(0, 65_535); numbers.Count < 100; number += random.NextInt32(1, 30))
            {
                numbers.Add(number & 0xffff);
            }

            var unpacked = new List<int>();
            foreach (var item in Pack([.. numbers]))
            {
                var count = NackPacker.Unpack(item, lost);
                Assert.Equal(NackPacker.CountPackets(item), count);
                for (var i = 0; i < count; i++)
                {
                    unpacked.Add(lost[i].Value);
                }
            }

            Assert.Equal(numbers, unpacked);
        }
    }

    private static NackItem[] Pack(params int[] numbers)
    {
        var items = new NackItem[numbers.Length];
        return items[..NackPacker.Pack([.. numbers.Select(Seq)], items)];
    }
}
