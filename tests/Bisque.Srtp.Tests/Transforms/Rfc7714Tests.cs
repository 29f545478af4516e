using Bisque.Srtp.Transforms;

namespace Bisque.Srtp.Tests.Transforms;

/// <summary>Whole packets against RFC 7714 sections 16 and 17. The vectors state session keys, so key derivation is passed by.</summary>
public sealed class Rfc7714Tests
{
    private const string Key128 = "000102030405060708090A0B0C0D0E0F";
    private const string Key256 = "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F";
    private const string Salt = "517569642070726F2071756F";

    private const string Rtp = "8040F17B8041F8D35501A0B247616C6C696120657374206F6D6E69732064697669736120696E207061727465732074726573";
    private const string Rtcp =
        "81C8000D4D6172734E5450314E545032525450200000042A0000E9304C756E61DEADBEEFDEADBEEFDEADBEEFDEADBEEFDEADBEEF";

    [Theory]
    [InlineData(
        Key128,
        "8040F17B8041F8D35501A0B2F24DE3A3FB34DE6CACBA861C9D7E4BCABE633BD50D294E6F42A5F47A51C7D19B36DE3ADF8833899D7F27BEB16A9152CF765EE4390CCE")]
    [InlineData(
        Key256,
        "8040F17B8041F8D35501A0B232B1DE78A822FE12EF9F78FA332E33AAB18012389A58E2F3B50B2A0276FFAE0F1BA63799B87B7AA3DB36DFFFD6B0F9BB7878D7A76C13")]
    public void Rtp_is_encrypted_and_opened_as_in_sections_16_1_and_16_2(string key, string expected)
    {
        using var sender = Session(key, SrtpDirection.Outbound);
        using var receiver = Session(key, SrtpDirection.Inbound);

        var sent = Peers.Protect(sender, Convert.FromHexString(Rtp))!;
        Assert.Equal(expected, Convert.ToHexString(sent));

        var (status, opened) = Peers.Open(receiver, sent);
        Assert.Equal(SrtpStatus.Ok, status);
        Assert.Equal(Rtp, Convert.ToHexString(opened));
    }

    [Theory]
    [InlineData(
        Key128,
        "81C8000D4D61727363E94885DCDAB67CA727D7662F6B7E997FF5C0F76C06F32DC676A5F1730D6FDA4CE09B4686303DED0BB9275BC84AA45896CF4D2FC5ABF872"
        + "45D9EADE800005D4")]
    [InlineData(
        Key256,
        "81C8000D4D617273D50AE4D1F5CE5D304BA297E47D470C282C3ECE5DBFFE0A50A2EAA5C1110555BE8415F658C61DE0476F1B6FAD1D1EB30C4446839F57FF6F6C"
        + "B26AC3BE800005D4")]
    public void Rtcp_is_encrypted_and_opened_as_in_sections_17_1_and_17_2(string key, string expected)
    {
        using var sender = Session(key, SrtpDirection.Outbound);
        using var receiver = Session(key, SrtpDirection.Inbound);
        sender.SetOutboundRtcpIndex(0x5d3);

        var sent = new byte[expected.Length / 2];
        Assert.True(sender.TryProtectRtcp(Convert.FromHexString(Rtcp), sent, out var length));
        Assert.Equal(expected, Convert.ToHexString(sent.AsSpan(0, length)));

        var (status, opened) = Peers.OpenRtcp(receiver, sent);
        Assert.Equal(SrtpStatus.Ok, status);
        Assert.Equal(Rtcp, Convert.ToHexString(opened));
    }

    [Theory]
    [InlineData(Key128, "841DD9683DD78EC92AE58790125F62B3")]
    [InlineData(Key256, "91DB4AFBFEEE5A978FAB4393ED2615FE")]
    public void Rtcp_that_is_only_tagged_is_verified_as_in_sections_17_3_and_17_4(string key, string tag)
    {
        using var receiver = Session(key, SrtpDirection.Inbound);
        var packet = Convert.FromHexString(Rtcp + tag + "000005D4");

        byte[] forged = [.. packet];
        forged[20] ^= 1;
        Assert.Equal(SrtpStatus.AuthenticationFailed, Peers.OpenRtcp(receiver, forged).Status);

        var (status, opened) = Peers.OpenRtcp(receiver, packet);
        Assert.Equal(SrtpStatus.Ok, status);
        Assert.Equal(Rtcp, Convert.ToHexString(opened));
    }

    private static SrtpSession Session(string key, SrtpDirection direction)
    {
        var profile = key == Key128 ? SrtpProfile.AeadAes128Gcm : SrtpProfile.AeadAes256Gcm;
        return new SrtpSession(profile, new AeadGcmTransform(Convert.FromHexString(key), Convert.FromHexString(Salt)), direction);
    }
}
