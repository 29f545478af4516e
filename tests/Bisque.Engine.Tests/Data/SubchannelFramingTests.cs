using Bisque.Engine.Data;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Data;

/// <summary>How subchannels travel through a pipe, byte by byte.</summary>
public sealed class SubchannelFramingTests
{
    private const string Everything = "A5F09CB3D6E1F28F" + "0002" + "0001FFFE" + "0304" + "0506" + "6869";

    [Fact]
    public void Everything_a_message_names_stands_before_it() =>
        Assert.Equal(Everything, Frame("hi"u8, [1, 0xfffe], required: 0x304, ignored: 0x506));

    [Theory]
    [InlineData(null, null, "A5F09CB3D6E1F28C00010007")]
    [InlineData(3, null, "A5F09CB3D6E1F28E000100070003")]
    [InlineData(null, 4, "A5F09CB3D6E1F28D000100070004")]
    public void The_lowest_bits_tell_what_follows(int? required, int? ignored, string header) =>
        Assert.Equal(header + "6869", Frame("hi"u8, [7], (ushort?)required, (ushort?)ignored));

    [Fact]
    public void A_message_that_names_nothing_goes_as_it_is() => Assert.Equal("6869", Frame("hi"u8, []));

    [Fact]
    public void A_consumer_of_some_subchannels_tells_only_those() =>
        Assert.Equal("A5F09CB3D6E1F28C000100026869", Frame("hi"u8, [1, 2, 3], kept: [2, 9]));

    [Fact]
    public void A_payload_that_looks_like_a_header_arrives_as_a_payload()
    {
        var payload = Convert.FromHexString(Everything);

        var frame = Convert.FromHexString(Frame(payload, []));
        var message = SubchannelFraming.Read(53, frame);

        Assert.Equal(payload, message.Payload);
        Assert.Equal(0, message.Subchannels.Count);
        Assert.Null(message.RequiredSubchannel);
    }

    [Fact]
    public void What_was_written_is_read()
    {
        var message = SubchannelFraming.Read(51, Convert.FromHexString(Everything));

        Assert.Equal("hi"u8, message.Payload);
        Assert.Equal(51u, message.Ppid);
        Assert.Equal([1, 0xfffe], ToArray(message.Subchannels));
        Assert.Equal((ushort?)0x304, message.RequiredSubchannel);
        Assert.Equal((ushort?)0x506, message.IgnoredSubchannel);
    }

    [Theory]
    [InlineData("")]
    [InlineData("6869")]
    [InlineData("A5F09CB3D6E1F28C00")]
    [InlineData("A5F09CB3D6E1F28B00006869")]
    [InlineData("A5F09CB3D6E1F28CFFFF6869")]
    [InlineData("A5F09CB3D6E1F28F0001000100")]
    public void What_is_no_whole_header_is_the_payload_untouched(string hex)
    {
        var bytes = Convert.FromHexString(hex);

        var message = SubchannelFraming.Read(51, bytes);

        Assert.Equal(bytes, message.Payload);
        Assert.Equal(0, message.Subchannels.Count);
        Assert.Null(message.RequiredSubchannel);
        Assert.Null(message.IgnoredSubchannel);
    }

    [Fact]
    public void Whatever_comes_is_read_and_written_back_the_same()
    {
        byte[][] corpus = [Convert.FromHexString(Everything), Convert.FromHexString("A5F09CB3D6E1F28C0000"), [.. "payload"u8]];
        var mutator = new Mutator(6);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = mutator.Next(corpus);
            var message = SubchannelFraming.Read(51, bytes);
            var again = Convert.FromHexString(Frame(
                message.Payload, ToArray(message.Subchannels), message.RequiredSubchannel, message.IgnoredSubchannel));
            var second = SubchannelFraming.Read(51, again);

            Assert.True(message.Payload.SequenceEqual(second.Payload), $"case {i}: {Convert.ToHexString(bytes)}");
            Assert.Equal(ToArray(message.Subchannels), ToArray(second.Subchannels));
            Assert.Equal(message.RequiredSubchannel, second.RequiredSubchannel);
            Assert.Equal(message.IgnoredSubchannel, second.IgnoredSubchannel);
        }
    }

    private static string Frame(
        ReadOnlySpan<byte> payload, ushort[] subchannels, ushort? required = null, ushort? ignored = null, ushort[]? kept = null)
    {
        var set = new SubchannelSet(kept);
        var message = new DataMessage
        {
            Ppid = 51,
            Payload = payload,
            Subchannels = new SubchannelList(subchannels),
            RequiredSubchannel = required,
            IgnoredSubchannel = ignored,
        };
        var length = SubchannelFraming.GetHeaderLength(message, set);
        var frame = new byte[length + payload.Length];
        if (length > 0)
        {
            SubchannelFraming.WriteHeader(frame, message, set);
        }

        payload.CopyTo(frame.AsSpan(length));
        return Convert.ToHexString(frame);
    }

    private static ushort[] ToArray(SubchannelList list)
    {
        var values = new ushort[list.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = list[i];
        }

        return values;
    }
}
