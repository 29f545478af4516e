using System.Text;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Srtp;

namespace Bisque.Engine.Transports;

/// <summary>SRTP keys as a controller exchanges them: master key and salt together, in base64 (RFC 4568 section 6.1).</summary>
internal static class SrtpKeys
{
    public static SrtpParameters Generate(SrtpCryptoSuite suite, RandomSource random) => new()
    {
        CryptoSuite = suite,
        KeyBase64 = Convert.ToBase64String(Encoding.ASCII.GetBytes(random.NextString(Profile(suite).KeyMaterialLength()))),
    };

    /// <exception cref="RequestException">TypeError: not base64, or not as long as the suite's key and salt.</exception>
    public static byte[] Read(SrtpParameters parameters)
    {
        var key = new byte[parameters.KeyBase64.Length];
        if (!Convert.TryFromBase64String(parameters.KeyBase64, key, out var length)
            || length != Profile(parameters.CryptoSuite).KeyMaterialLength())
        {
            throw RequestException.TypeError("invalid decoded SRTP key length");
        }

        return key[..length];
    }

    public static SrtpProfile Profile(SrtpCryptoSuite suite) => suite switch
    {
        SrtpCryptoSuite.AeadAes256Gcm => SrtpProfile.AeadAes256Gcm,
        SrtpCryptoSuite.AeadAes128Gcm => SrtpProfile.AeadAes128Gcm,
        SrtpCryptoSuite.AesCm128HmacSha1_80 => SrtpProfile.AesCm128HmacSha1_80,
        SrtpCryptoSuite.AesCm128HmacSha1_32 => SrtpProfile.AesCm128HmacSha1_32,
        _ => throw RequestException.TypeError($"unknown SRTP crypto suite {suite}"),
    };
}
