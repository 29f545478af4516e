using System.Buffers.Binary;
using Bisque.Ice.Stun;
using Bisque.Testing;

namespace Bisque.Ice.Tests;

/// <summary>What the parser takes and what it turns away, and that the writer's messages are taken.</summary>
public sealed class StunMessageTests
{
    private static readonly byte[] Key = "password"u8.ToArray();

    [Theory]
    [InlineData("", 0x0000_0000u)]
    [InlineData("123456789", 0xCBF4_3926u)]
    public void The_checksum_is_that_of_ITU_V42(string text, uint expected) =>
        Assert.Equal(expected, Crc32.Compute(System.Text.Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData(StunClass.Request, 0x001, 0x0001)]
    [InlineData(StunClass.Indication, 0x001, 0x0011)]
    [InlineData(StunClass.SuccessResponse, 0x001, 0x0101)]
    [InlineData(StunClass.ErrorResponse, 0x001, 0x0111)]
    [InlineData(StunClass.ErrorResponse, 0x0FF, 0x03FF)]
    public void Class_and_method_bits_are_interleaved(StunClass messageClass, ushort method, ushort type)
    {
        var bytes = Message(messageClass, method);

        Assert.Equal(type, BinaryPrimitives.ReadUInt16BigEndian(bytes));
        Assert.True(StunMessage.TryParse(bytes, out var message));
        Assert.Equal(messageClass, message.Class);
        Assert.Equal(method, message.Method);
    }

    [Fact]
    public void A_length_that_is_not_that_of_the_datagram_is_refused()
    {
        var bytes = Message(StunClass.Request, 1);

        Assert.False(StunMessage.TryParse([.. bytes, 0, 0, 0, 0], out _));
        Assert.False(StunMessage.TryParse(bytes.AsSpan(0, bytes.Length - 4), out _));
        Assert.False(StunMessage.TryParse(bytes.AsSpan(0, StunMessage.HeaderLength - 1), out _));
    }

    [Fact]
    public void A_length_that_is_no_multiple_of_four_is_refused()
    {
        byte[] bytes = [.. Message(StunClass.Request, 1), 0x80, 0x23, 0, 2, 1, 2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)(bytes.Length - StunMessage.HeaderLength));

        Assert.False(StunMessage.TryParse(bytes, out _));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 0x22)]
    public void Another_first_byte_or_another_cookie_is_not_STUN(int at, byte value)
    {
        var bytes = Message(StunClass.Request, 1);
        bytes[at] = value;

        Assert.False(StunMessage.LooksLikeStun(bytes));
        Assert.False(StunMessage.TryParse(bytes, out _));
    }

    [Fact]
    public void A_wrong_fingerprint_is_refused()
    {
        var writer = Begin(out var buffer);
        writer.AddFingerprint();
        buffer[writer.Written.Length - 1] ^= 1;

        Assert.False(StunMessage.TryParse(writer.Written, out _));
    }

    [Fact]
    public void Nothing_may_follow_the_fingerprint()
    {
        var writer = Begin(out _);
        writer.AddFingerprint();
        writer.AddAttribute((StunAttributeType)0x8099, []);

        Assert.False(StunMessage.TryParse(writer.Written, out _));
    }

    [Theory]
    [InlineData(StunAttributeType.Priority)]
    [InlineData((StunAttributeType)0x001C)]
    public void Only_the_fingerprint_may_follow_the_integrity(StunAttributeType type)
    {
        var writer = Begin(out _);
        writer.AddMessageIntegrity(Key);
        writer.AddAttribute(type, [1, 2, 3, 4]);

        Assert.False(StunMessage.TryParse(writer.Written, out _));
    }

    [Theory]
    [InlineData(StunAttributeType.Username, 4)]
    [InlineData(StunAttributeType.Priority, 4)]
    [InlineData(StunAttributeType.Realm, 4)]
    [InlineData(StunAttributeType.UseCandidate, 0)]
    [InlineData(StunAttributeType.NominationOld, 4)]
    public void A_known_attribute_that_comes_twice_is_refused(StunAttributeType type, int length)
    {
        var writer = Begin(out _);
        writer.AddAttribute(type, new byte[length]);
        Assert.True(StunMessage.TryParse(writer.Written, out _));

        writer.AddAttribute(type, new byte[length]);
        Assert.False(StunMessage.TryParse(writer.Written, out _));
    }

    [Fact]
    public void An_unknown_attribute_may_come_twice()
    {
        var writer = Begin(out _);
        writer.AddAttribute((StunAttributeType)0x8099, [1]);
        writer.AddAttribute((StunAttributeType)0x8099, [1]);

        Assert.True(StunMessage.TryParse(writer.Written, out _));
    }

    [Theory]
    [InlineData(StunAttributeType.Username, 513, 514)]
    [InlineData(StunAttributeType.Software, 763, 764)]
    [InlineData(StunAttributeType.XorMappedAddress, 8, 12)]
    [InlineData(StunAttributeType.XorMappedAddress, 20, 24)]
    [InlineData(StunAttributeType.Priority, 4, 3)]
    [InlineData(StunAttributeType.Nomination, 4, 8)]
    [InlineData(StunAttributeType.IceControlled, 8, 4)]
    [InlineData(StunAttributeType.IceControlling, 8, 9)]
    [InlineData(StunAttributeType.UseCandidate, 0, 1)]
    [InlineData(StunAttributeType.ErrorCode, 4, 3)]
    [InlineData(StunAttributeType.MessageIntegrity, 20, 32)]
    public void Each_attribute_has_the_lengths_that_suit_it(StunAttributeType type, int allowed, int refused)
    {
        var writer = Begin(out _);
        writer.AddAttribute(type, new byte[allowed]);
        Assert.True(StunMessage.TryParse(writer.Written, out _));

        writer = Begin(out _);
        writer.AddAttribute(type, new byte[refused]);
        Assert.False(StunMessage.TryParse(writer.Written, out _));
    }

    [Fact]
    public void An_attribute_that_reaches_past_the_end_is_refused()
    {
        var writer = Begin(out var buffer);
        writer.AddAttribute((StunAttributeType)0x8099, [1, 2, 3, 4]);
        BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(StunMessage.HeaderLength + 2), 5);

        Assert.False(StunMessage.TryParse(writer.Written, out _));
    }

    [Fact]
    public void The_largest_message_of_a_TCP_frame_is_read_and_authenticated()
    {
        var writer = new StunWriter(new byte[65536], StunClass.Request, 1, Check.TransactionId);
        writer.AddAttribute((StunAttributeType)0x8099, new byte[65400]);
        writer.AddMessageIntegrity(Key);
        writer.AddFingerprint();

        Assert.True(StunMessage.TryParse(writer.Written, out var message));
        Assert.True(message.HasValidIntegrity(Key));
        Assert.False(message.HasValidIntegrity("other"u8));
    }

    [Theory]
    [InlineData("203.0.113.7", 1)]
    [InlineData("2001:db8::ff00:42:8329", 65535)]
    public void An_address_comes_out_as_it_went_in(string text, ushort port)
    {
        var address = AgentUnderTest.Address(text, port);
        var writer = Begin(out _);
        writer.AddXorMappedAddress(address);

        Assert.True(StunMessage.TryParse(writer.Written, out var message));
        Assert.True(message.TryGetXorMappedAddress(out var read));
        Assert.Equal(address, read);
    }

    [Fact]
    public void A_family_that_its_length_belies_gives_no_address()
    {
        var writer = Begin(out _);
        writer.AddAttribute(StunAttributeType.XorMappedAddress, [0, 2, 0, 0, 1, 2, 3, 4]);

        Assert.True(StunMessage.TryParse(writer.Written, out var message));
        Assert.False(message.TryGetXorMappedAddress(out _));
    }

    [Fact]
    public void Mutated_messages_are_read_or_refused_without_exception()
    {
        var credentials = new IceCredentials("ufrag", "password");
        byte[][] corpus =
        [
            StunVectorTests.Request, StunVectorTests.IPv4Response, StunVectorTests.IPv6Response, StunVectorTests.LongTermRequest,
            new Check(credentials) { UseCandidate = true, Nomination = 3 }.Build(),
            new Check(credentials) { Fingerprint = false, Integrity = false, Controlled = 5 }.Build(),
            Message(StunClass.ErrorResponse, 1),
        ];
        var mutator = new Mutator(1);
        var parsed = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var bytes = mutator.Next(corpus);

            // Half of them get a fitting length field, so that the attributes are reached.
            if (bytes.Length >= StunMessage.HeaderLength && i % 2 == 0)
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)(bytes.Length - StunMessage.HeaderLength));
            }

            if (StunMessage.TryParse(bytes, out var message))
            {
                parsed++;
                ReadEverything(message);
            }
        }

        Assert.InRange(parsed, 5_000, 150_000);
    }

    private static void ReadEverything(StunMessage message)
    {
        _ = message.Class;
        _ = message.Method;
        _ = message.Priority;
        _ = message.IceControlled;
        _ = message.IceControlling;
        _ = message.UseCandidate;
        _ = message.HasValidIntegrity(Key);
        _ = message.TryGetNomination(out _);
        _ = message.TryGetXorMappedAddress(out _);
        Assert.Equal(StunMessage.TransactionIdLength, message.TransactionId.Length);
        Assert.True(message.LocalUsernameFragment.Length <= message.Username.Length);
        Assert.True(message.TryGetErrorCode(out var code, out var reason) || (code == 0 && reason.IsEmpty));
        foreach (var type in Enum.GetValues<StunAttributeType>())
        {
            Assert.Equal(message.TryGetAttribute(type, out var value), message.Has(type));
            Assert.True(value.Length < message.Bytes.Length);
        }
    }

    private static StunWriter Begin(out byte[] buffer)
    {
        buffer = new byte[1024];
        return new StunWriter(buffer, StunClass.Request, StunMessage.BindingMethod, Check.TransactionId);
    }

    private static byte[] Message(StunClass messageClass, ushort method)
    {
        var writer = new StunWriter(new byte[128], messageClass, method, Check.TransactionId);
        writer.AddErrorCode(StunErrorCode.Unauthenticated, "no"u8);
        return writer.Written.ToArray();
    }
}
