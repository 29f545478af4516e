namespace Bisque.Sctp.Tests;

public sealed class NumberTests
{
    [Fact]
    public void Tsns_compare_across_the_wrap()
    {
        var last = new Tsn(uint.MaxValue);

        Assert.Equal(new Tsn(0), last.Next);
        Assert.Equal(last, new Tsn(0).Previous);
        Assert.True(new Tsn(5).IsNewerThan(last));
        Assert.False(last.IsNewerThan(new Tsn(5)));
        Assert.Equal(6, last.DistanceTo(new Tsn(5)));
        Assert.Equal(-6, new Tsn(5).DistanceTo(last));
        Assert.Equal(new Tsn(4), last.Plus(5));
        Assert.False(last.IsNewerThan(last));
    }

    [Fact]
    public void Ssns_and_mids_compare_across_the_wrap()
    {
        Assert.Equal(new Ssn(0), new Ssn(ushort.MaxValue).Next);
        Assert.True(new Ssn(1).IsNewerThan(new Ssn(65000)));
        Assert.Equal(new Mid(0), new Mid(uint.MaxValue).Next);
        Assert.True(new Mid(1).IsNewerThan(new Mid(uint.MaxValue)));
        Assert.Equal(-2, new Mid(1).DistanceTo(new Mid(uint.MaxValue)));
    }
}
