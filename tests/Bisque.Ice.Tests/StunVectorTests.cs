using System.Security.Cryptography;
using System.Text;

namespace Bisque.Ice.Tests;

/// <summary>The test vectors of RFC 5769.</summary>
public sealed class StunVectorTests
{
    internal static readonly byte[] Request = Convert.FromHexString(
        "000100582112a442b7e7a701bc34d686fa87dfae" + "802200105354554e207465737420636c69656e74" + "002400046e0001ff"
        + "80290008932ff9b151263b36" + "000600096576746a3a68367659202020"
        + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2" + "80280004e57a3bcf");

    internal static readonly byte[] IPv4Response = Convert.FromHexString(
        "0101003c2112a442b7e7a701bc34d686fa87dfae" + "8022000b7465737420766563746f7220" + "002000080001a147e112a643"
        + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7" + "80280004c07d4c96");

    internal static readonly byte[] IPv6Response = Convert.FromHexString(
        "010100482112a442b7e7a701bc34d686fa87dfae" + "8022000b7465737420766563746f7220"
        + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
        + "00080014a382954e4be67bf11784c97c8292c275bfe3ed41" + "80280004c8fb0b4c");

    internal static readonly byte[] LongTermRequest = Convert.FromHexString(
        "000100602112a44278ad3433c6ad72c029da412e" + "00060012e3839ee38388e383aae38383e382afe382b90000"
        + "0015001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f726700"
        + "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666");

    private static readonly byte[] Password = "VOkJxbRl1RmTxUk/WvJxBt"u8.ToArray();

    [Fact]
    public void The_sample_request_is_read_and_authenticated()
    {
        Assert.True(StunMessage.TryParse(Request, out var message));

        Assert.Equal(StunClass.Request, message.Class);
        Assert.Equal(StunMessage.BindingMethod, message.Method);
        Assert.Equal("evtj:h6vY", Encoding.UTF8.GetString(message.Username));
        Assert.Equal("evtj", Encoding.UTF8.GetString(message.LocalUsernameFragment));
        Assert.Equal(0x6e00_01ffu, message.Priority);
        Assert.Equal(0x932f_f9b1_5126_3b36u, message.IceControlled);
        Assert.True(message.TryGetAttribute(StunAttributeType.Software, out var software));
        Assert.Equal("STUN test client", Encoding.UTF8.GetString(software));
        Assert.True(message.HasValidIntegrity(Password));
        Assert.False(message.HasValidIntegrity("VOkJxbRl1RmTxUk/WvJxBu"u8));
    }

    [Fact]
    public void The_sample_IPv4_response_is_read_and_authenticated()
    {
        Assert.True(StunMessage.TryParse(IPv4Response, out var message));

        Assert.Equal(StunClass.SuccessResponse, message.Class);
        Assert.True(message.TryGetXorMappedAddress(out var address));
        Assert.Equal("192.0.2.1:32853", address.ToString());
        Assert.True(message.HasValidIntegrity(Password));
    }

    [Fact]
    public void The_sample_IPv6_response_is_read_and_authenticated()
    {
        Assert.True(StunMessage.TryParse(IPv6Response, out var message));

        Assert.True(message.TryGetXorMappedAddress(out var address));
        Assert.Equal("[2001:db8:1234:5678:11:2233:4455:6677]:32853", address.ToString());
        Assert.True(message.HasValidIntegrity(Password));
    }

    [Fact]
    public void The_sample_request_with_long_term_credentials_is_authenticated()
    {
        Assert.True(StunMessage.TryParse(LongTermRequest, out var message));

        Assert.Equal("マトリックス", Encoding.UTF8.GetString(message.Username));
        Assert.True(message.LocalUsernameFragment.IsEmpty);
        Assert.True(message.HasValidIntegrity(MD5.HashData("マトリックス:example.org:TheMatrIX"u8)));
    }
}
