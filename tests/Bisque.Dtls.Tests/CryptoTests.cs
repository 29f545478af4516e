using Bisque.Dtls.Crypto;
using Bisque.Testing;

namespace Bisque.Dtls.Tests;

public sealed class CryptoTests
{
    /// <summary>The vector for SHA-256 that was posted to the TLS working group's list when the function was specified.</summary>
    [Fact]
    public void The_prf_gives_the_known_output()
    {
        var output = new byte[40];
        TlsPrf.Expand(
            Convert.FromHexString("9bbe436ba940f017b17652849a71db35"), "test label"u8,
            Convert.FromHexString("a0ba9f936cda3118"), Convert.FromHexString("27a6f796ffd5198c"), output);

        Assert.Equal("E3F229BA727BE17B8D122620557CD453C2AAB21D07C3D495329B52D4E61EDB5A", Convert.ToHexString(output.AsSpan(0, 32)));
    }

    [Theory]
    [InlineData((int)AeadAlgorithm.Aes128Gcm, 16)]
    [InlineData((int)AeadAlgorithm.ChaCha20Poly1305, 32)]
    public void The_fallback_cipher_seals_and_opens_like_the_frameworks(int algorithm, int keyLength)
    {
        var random = new SeededRandomSource(31);
        var key = new byte[keyLength];
        random.Fill(key);
        using var framework = AeadCipher.Create((AeadAlgorithm)algorithm, key);
        using var fallback = new BouncyCastleAeadCipher((AeadAlgorithm)algorithm, key);
        Assert.IsNotType<BouncyCastleAeadCipher>(framework);
        for (var length = 0; length < 200; length += 7)
        {
            byte[] nonce = new byte[12], data = new byte[13], plaintext = new byte[length];
            random.Fill(nonce);
            random.Fill(data);
            random.Fill(plaintext);
            byte[] one = new byte[length], other = new byte[length], oneTag = new byte[16], otherTag = new byte[16], opened = new byte[length];
            framework.Seal(nonce, plaintext, one, oneTag, data);
            fallback.Seal(nonce, plaintext, other, otherTag, data);

            Assert.Equal(one, other);
            Assert.Equal(oneTag, otherTag);
            Assert.True(framework.TryOpen(nonce, other, otherTag, opened, data));
            Assert.Equal(plaintext, opened);
            Assert.True(fallback.TryOpen(nonce, one, oneTag, opened, data));
            Assert.Equal(plaintext, opened);
            data[0] ^= 1;
            Assert.False(framework.TryOpen(nonce, one, oneTag, opened, data));
            Assert.All(opened, b => Assert.Equal(0, b));
        }
    }

    [Theory]
    [InlineData((int)NamedGroup.X25519)]
    [InlineData((int)NamedGroup.Secp256r1)]
    [InlineData((int)NamedGroup.Secp384r1)]
    public void Both_sides_of_a_key_exchange_agree_and_refuse_bad_points(int group)
    {
        using var one = EphemeralKey.Generate((NamedGroup)group, new SeededRandomSource(1));
        using var other = EphemeralKey.Generate((NamedGroup)group, new SeededRandomSource(2));

        var secret = one.Agree(other.PublicKey);
        Assert.NotNull(secret);
        Assert.Equal(secret, other.Agree(one.PublicKey));
        Assert.Null(one.Agree([]));
        Assert.Null(one.Agree(other.PublicKey.AsSpan(1)));
        Assert.Null(one.Agree(new byte[one.PublicKey.Length]));
        if (group != (int)NamedGroup.X25519)
        {
            var offCurve = other.PublicKey;
            offCurve[^1] ^= 1;
            Assert.Null(one.Agree(offCurve));
        }
    }
}
