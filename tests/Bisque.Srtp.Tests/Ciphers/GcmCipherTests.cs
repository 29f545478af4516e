using System.Security.Cryptography;
using Bisque.Srtp.Ciphers;
using Bisque.Testing;

namespace Bisque.Srtp.Tests.Ciphers;

/// <summary>Both implementations of AES-GCM against the framework's, used plainly, and against RFC 7714.</summary>
public sealed class GcmCipherTests
{
    [Theory]
    [InlineData(16, true)]
    [InlineData(32, true)]
    [InlineData(16, false)]
    [InlineData(32, false)]
    public void Every_length_gives_what_the_framework_gives_and_opens_again(int keyLength, bool hardware)
    {
        var random = new SeededRandomSource(3);
        var key = new byte[keyLength];
        var nonce = new byte[12];
        var plaintext = new byte[1_400];
        var associated = new byte[100];
        random.Fill(key);
        random.Fill(plaintext);
        random.Fill(associated);
        using var reference = new AesGcm(key, 16);
        using var cipher = Create(key, hardware);

        for (var length = 0; length <= plaintext.Length; length += length < 600 ? 1 : 13)
        {
            random.Fill(nonce);
            var aad = associated.AsSpan(0, length % 101);
            var prefix = Math.Min(length, length % 37);
            byte[] expected = new byte[length], expectedTag = new byte[16], ciphertext = new byte[length], tag = new byte[16];
            reference.Encrypt(nonce, plaintext.AsSpan(0, length), expected, expectedTag, aad);

            cipher.Seal(nonce, aad, plaintext.AsSpan(0, prefix), plaintext.AsSpan(prefix, length - prefix), ciphertext, tag);
            Assert.Equal(expected, ciphertext);
            Assert.Equal(expectedTag, tag);

            Assert.True(cipher.TryOpen(nonce, aad, ciphertext, tag));
            Assert.Equal(plaintext[..length], ciphertext);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Any_changed_bit_of_tag_or_data_is_refused_and_nothing_is_decrypted(bool hardware)
    {
        using var cipher = Create(new byte[16], hardware);
        byte[] nonce = new byte[12], aad = [1, 2, 3], ciphertext = new byte[70], tag = new byte[16];
        cipher.Seal(nonce, aad, [], new byte[70], ciphertext, tag);

        for (var bit = 0; bit < 8 * (3 + 70 + 16); bit++)
        {
            byte[] all = [.. aad, .. ciphertext, .. tag];
            all[bit / 8] ^= (byte)(1 << (bit % 8));
            byte[] before = [.. all];
            Assert.False(cipher.TryOpen(nonce, all.AsSpan(0, 3), all.AsSpan(3, 70), all.AsSpan(73)));
            Assert.Equal(before, all);
        }
    }

    [Theory]
    [InlineData("000102030405060708090A0B0C0D0E0F", "22493F82D2BCE397E9D79E3B19AA4216")]
    [InlineData("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", "A866D5910F887463067CEEFEC45215D4")]
    public void A_tag_over_a_packet_in_clear_is_that_of_rfc_7714_sections_16_1_3_and_16_2_3(string key, string expected)
    {
        foreach (var hardware in new[] { true, false })
        {
            using var cipher = Create(Convert.FromHexString(key), hardware);
            var packet = Convert.FromHexString(
                "8040F17B8041F8D35501A0B247616C6C696120657374206F6D6E69732064697669736120696E207061727465732074726573");
            var tag = new byte[16];

            cipher.Seal(Convert.FromHexString("51753C6580C2726F20718414"), packet, [], [], [], tag);

            Assert.Equal(expected, Convert.ToHexString(tag));
        }
    }

    private static GcmCipher Create(byte[] key, bool hardware)
    {
        Assert.SkipUnless(!hardware || HardwareGcm.IsSupported, "This machine has no AES instructions.");
        return hardware ? new HardwareGcm(key) : new FrameworkGcm(key);
    }
}
