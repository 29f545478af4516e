using Bisque.Model;
using Bisque.Srtp;

namespace Bisque.LoadTest.Forwarding;

/// <summary>SRTP profiles by their registered names.</summary>
internal static class Suites
{
    private static readonly (string Name, SrtpProfile Profile, SrtpCryptoSuite Suite)[] All =
    [
        ("AEAD_AES_256_GCM", SrtpProfile.AeadAes256Gcm, SrtpCryptoSuite.AeadAes256Gcm),
        ("AEAD_AES_128_GCM", SrtpProfile.AeadAes128Gcm, SrtpCryptoSuite.AeadAes128Gcm),
        ("AES_CM_128_HMAC_SHA1_80", SrtpProfile.AesCm128HmacSha1_80, SrtpCryptoSuite.AesCm128HmacSha1_80),
        ("AES_CM_128_HMAC_SHA1_32", SrtpProfile.AesCm128HmacSha1_32, SrtpCryptoSuite.AesCm128HmacSha1_32),
    ];

    public static string[] Names => [.. All.Select(entry => entry.Name)];

    public static string NameOf(SrtpProfile profile) => All.Single(entry => entry.Profile == profile).Name;

    public static SrtpProfile ProfileOf(string name) => All.Single(entry => entry.Name == name).Profile;

    public static SrtpCryptoSuite SuiteOf(SrtpProfile profile) => All.Single(entry => entry.Profile == profile).Suite;
}
