namespace Bisque.Primitives.Tests;

public sealed class IpAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", false)]
    [InlineData("2001:db8::5", false)]
    public void Text_survives_the_round_trip(string text, bool isIPv4)
    {
        Assert.True(IpAddress.TryParse(text, out var address));
        Assert.Equal(isIPv4, address.IsIPv4);
        Assert.Equal(text, address.ToString());

        Span<byte> bytes = stackalloc byte[16];
        Assert.Equal(address, IpAddress.FromBytes(bytes[..address.WriteTo(bytes)]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("256.0.0.1")]
    [InlineData("fe80::1%eth0")]
    [InlineData(null)]
    public void What_is_not_an_address_is_refused(string? text) => Assert.False(IpAddress.TryParse(text, out _));

    [Fact]
    public void An_IPv4_address_mapped_into_IPv6_is_the_IPv4_address()
    {
        Assert.True(IpAddress.TryParse("::ffff:10.1.2.3", out var mapped));
        Assert.True(IpAddress.TryParse("10.1.2.3", out var plain));

        Assert.Equal(plain, mapped);
    }
}
