using Bisque.Srtp.Transforms;

namespace Bisque.Srtp.Tests.Transforms;

/// <summary>Key derivation against RFC 3711 appendix B.3 and RFC 6188 section 7.2.</summary>
public sealed class KeyDerivationTests
{
    [Fact]
    public void Session_keys_of_a_128_bit_master_key_are_those_of_rfc_3711()
    {
        using var derivation = new KeyDerivation(Hex("E1F97A0D3E018BE0D64FA32C06DE4139"), Hex("0EC675AD498AFEEBB6960B3AABE6"));

        Assert.Equal("C61E7A93744F39EE10734AFE3FF7A087", Derive(derivation, KeyLabel.RtpEncryption, 16));
        Assert.Equal("30CBBC08863D8C85D49DB34A9AE1", Derive(derivation, KeyLabel.RtpSalt, 14));
        Assert.Equal(
            "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCEE049646C43D9327AD175578EF7227098"
            + "6371C10C9A369AC2F94A8C5FBCDDDC256D6E919A48B610EF17C2041E474035766B68642C59BBFC2F34DB60DBDFB2",
            Derive(derivation, KeyLabel.RtpAuthentication, 94));
    }

    [Fact]
    public void Session_keys_of_a_256_bit_master_key_are_those_of_rfc_6188()
    {
        using var derivation = new KeyDerivation(
            Hex("F0F04914B513F2763A1B1FA130F10E2998F6F6E43E4309D1E622A0E332B9F1B6"),
            Hex("3B04803DE51EE7C96423AB5B78D2"));

        Assert.Equal("5BA1064E30EC51613CAD926C5A28EF731EC7FB397F70A960653CAF06554CD8C4", Derive(derivation, KeyLabel.RtpEncryption, 32));
        Assert.Equal("FA31791685CA444A9E07C6C64E93", Derive(derivation, KeyLabel.RtpSalt, 14));
        Assert.Equal("FD9C32D39ED5FBB5A9DC96B30818454D1313DC05", Derive(derivation, KeyLabel.RtpAuthentication, 20));
    }

    [Fact]
    public void A_salt_of_96_bits_is_continued_with_zeros()
    {
        var key = Hex("000102030405060708090A0B0C0D0E0F");
        using var derivation = new KeyDerivation(key, Hex("A0A1A2A3A4A5A6A7A8A9AAAB"));
        using var padded = new KeyDerivation(key, Hex("A0A1A2A3A4A5A6A7A8A9AAAB0000"));

        foreach (var label in Enum.GetValues<KeyLabel>())
        {
            Assert.Equal(Derive(padded, label, 16), Derive(derivation, label, 16));
        }
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text);

    private static string Derive(KeyDerivation derivation, KeyLabel label, int length)
    {
        var key = new byte[length];
        derivation.Derive(label, key);
        return Convert.ToHexString(key);
    }
}
