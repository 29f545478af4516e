using System.Runtime.Intrinsics;
using Bisque.Srtp.Ciphers;
using Bisque.Testing;

namespace Bisque.Srtp.Tests.Ciphers;

/// <summary>AES counter mode against RFC 3711 appendix B.2, and its implementations against each other.</summary>
public sealed class CounterModeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_key_stream_is_that_of_rfc_3711(bool hardware)
    {
        using var cipher = Create(Convert.FromHexString("2B7E151628AED2A6ABF7158809CF4F3C"), hardware);
        var counterBlock = Vector128.Create<byte>(Convert.FromHexString("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"));
        var keyStream = new byte[1_044_512];

        cipher.Transform(counterBlock, keyStream, keyStream);

        Assert.Equal(
            "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0",
            Convert.ToHexString(keyStream.AsSpan(0, 48)));
        Assert.Equal(
            "EC8CDF7398607CB0F2D21675EA9EA1E4362B7C3C6773516318A077D7FC5073AE6A2CC3787889374FBEB4C81B17BA6C44",
            Convert.ToHexString(keyStream.AsSpan(keyStream.Length - 48)));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    public void Instructions_and_framework_give_the_same_bytes_for_every_length(int keyLength)
    {
        var random = new SeededRandomSource(7);
        var key = new byte[keyLength];
        random.Fill(key);
        using var hardware = Create(key, hardware: true);
        using var framework = Create(key, hardware: false);
        var source = new byte[1_300];
        random.Fill(source);

        // A counter about to carry through all four of its bytes.
        var counterBlock = Vector128.Create((byte)1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 0xff, 0xff, 0xfa);
        for (var length = 0; length <= source.Length; length++)
        {
            var one = new byte[length];
            var other = new byte[length];
            hardware.Transform(counterBlock, source.AsSpan(0, length), one);
            framework.Transform(counterBlock, source.AsSpan(0, length), other);
            Assert.Equal(other, one);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_plaintext_in_two_parts_is_encrypted_like_one(bool hardware)
    {
        var source = new byte[200];
        new SeededRandomSource(9).Fill(source);
        using var cipher = Create(new byte[16], hardware);
        for (var length = 0; length <= source.Length; length += 7)
        {
            var whole = new byte[length];
            cipher.Transform(Vector128<byte>.Zero, source.AsSpan(0, length), whole);
            for (var split = 0; split <= length; split++)
            {
                var parts = new byte[length];
                cipher.Transform(Vector128<byte>.Zero, source.AsSpan(0, split), source.AsSpan(split, length - split), parts);
                Assert.Equal(whole, parts);
            }
        }
    }

    private static CounterMode Create(byte[] key, bool hardware)
    {
        Assert.SkipUnless(!hardware || HardwareCounterMode.IsSupported, "This machine has no AES instructions.");
        return hardware ? new HardwareCounterMode(key) : new FrameworkCounterMode(key);
    }
}
