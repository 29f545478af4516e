using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests.Av1;

public sealed class Leb128Tests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7f")]
    [InlineData(128, "8001")]
    [InlineData(16_383, "ff7f")]
    [InlineData(16_384, "808001")]
    [InlineData(int.MaxValue, "ffffffff07")]
    public void A_length_is_read_as_it_was_written(int value, string encoded)
    {
        var bytes = new byte[8];

        Assert.Equal(Bytes(encoded), bytes[..Leb128.Write(value, bytes)]);
        Assert.True(Leb128.TryRead(bytes, out var read, out var size));
        Assert.Equal((value, encoded.Length / 2), (read, size));
    }

    [Fact]
    public void A_length_may_take_up_more_bytes_than_it_needs()
    {
        Assert.True(Leb128.TryRead(Bytes("8580808080808000"), out var value, out var size));
        Assert.Equal((5, 8), (value, size));
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("8080808080808080 00")] // nine bytes
    [InlineData("8080808008")] // 2^31
    [InlineData("ffffffffffffff7f")]
    public void What_is_no_length_is_refused(string encoded) => Assert.False(Leb128.TryRead(Bytes(encoded), out _, out _));
}
