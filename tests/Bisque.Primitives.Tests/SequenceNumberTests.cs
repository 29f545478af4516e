using CsCheck;

namespace Bisque.Primitives.Tests;

public sealed class SequenceNumberTests
{
    [Fact]
    public void The_number_after_65535_is_0_and_is_newer()
    {
        var last = new SequenceNumber(65535);

        Assert.Equal(new SequenceNumber(0), last.Next);
        Assert.True(last.Next.IsNewerThan(last));
        Assert.False(last.IsNewerThan(last.Next));
    }

    [Fact]
    public void Moving_by_a_distance_reaches_the_other_number() =>
        Gen.Select(Gen.UShort, Gen.UShort).Sample((a, b) =>
        {
            var from = new SequenceNumber(a);
            var to = new SequenceNumber(b);
            Assert.Equal(to, from.Plus(from.DistanceTo(to)));
        });
}
