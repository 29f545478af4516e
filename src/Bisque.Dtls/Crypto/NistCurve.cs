using System.Security.Cryptography;
using Bisque.Primitives;

namespace Bisque.Dtls.Crypto;

/// <summary>What differs between the NIST prime curves used here (SEC 2 sections 2.4 and 2.5).</summary>
internal static class NistCurve
{
    private static ReadOnlySpan<byte> OrderOfP256 =>
    [
        0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ];

    private static ReadOnlySpan<byte> OrderOfP384 =>
    [
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc7, 0x63, 0x4d, 0x81, 0xf4, 0x37, 0x2d, 0xdf,
        0x58, 0x1a, 0x0d, 0xb2, 0x48, 0xb0, 0xa7, 0x7a, 0xec, 0xec, 0x19, 0x6a, 0xcc, 0xc5, 0x29, 0x73,
    ];

    /// <summary>The framework's name of the curve.</summary>
    public static ECCurve CurveOf(NamedGroup group) =>
        group == NamedGroup.Secp384r1 ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256;

    /// <summary>Bytes of a coordinate.</summary>
    public static int CoordinateLength(NamedGroup group) => group == NamedGroup.Secp384r1 ? 48 : 32;

    /// <summary>A private key from 1 to the curve's order, exclusive, by trial (FIPS 186-5 appendix A.2.2).</summary>
    public static byte[] NewPrivateKey(NamedGroup group, RandomSource random)
    {
        var order = group == NamedGroup.Secp384r1 ? OrderOfP384 : OrderOfP256;
        var key = new byte[order.Length];
        do
        {
            random.Fill(key);
        }
        while (key.AsSpan().SequenceCompareTo(order) >= 0 || key.AsSpan().IndexOfAnyExcept((byte)0) < 0);

        return key;
    }

    /// <summary>An uncompressed point (SEC 1 section 2.3.3).</summary>
    public static byte[] EncodePoint(ECPoint point) => [4, .. point.X!, .. point.Y!];

    /// <summary>Splits an uncompressed point; whether it lies on the curve is checked when it is imported.</summary>
    public static bool TryDecodePoint(NamedGroup group, ReadOnlySpan<byte> encoded, out ECPoint point)
    {
        var length = CoordinateLength(group);
        point = default;
        if (encoded.Length != 1 + 2 * length || encoded[0] != 4)
        {
            return false;
        }

        point = new() { X = encoded.Slice(1, length).ToArray(), Y = encoded[(1 + length)..].ToArray() };
        return true;
    }
}
