using Bisque.Dtls.Crypto;
using Bisque.Primitives;

namespace Bisque.Dtls.Handshake;

/// <summary>A ServerKeyExchange with ECDHE parameters, in place (RFC 8422 section 5.4).</summary>
internal readonly ref struct ServerKeyExchange
{
    private const byte NamedCurve = 3;

    private ServerKeyExchange(NamedGroup group, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> signed)
    {
        Group = group;
        PublicKey = publicKey;
        Parameters = parameters;
        Signed = signed;
    }

    public NamedGroup Group { get; }

    public ReadOnlySpan<byte> PublicKey { get; }

    /// <summary>What is signed, after the two randoms.</summary>
    public ReadOnlySpan<byte> Parameters { get; }

    /// <summary>A <see cref="DigitallySigned"/>.</summary>
    public ReadOnlySpan<byte> Signed { get; }

    public static bool TryParse(ReadOnlySpan<byte> body, out ServerKeyExchange exchange)
    {
        exchange = default;
        var reader = new ByteReader(body);
        if (!reader.TryReadByte(out var curveType) || curveType != NamedCurve
            || !reader.TryReadUInt16(out var group)
            || !reader.TryReadByte(out var length)
            || !reader.TryReadBytes(length, out var publicKey))
        {
            return false;
        }

        exchange = new((NamedGroup)group, publicKey, body[..reader.Position], reader.Rest);
        return true;
    }

    /// <summary>The parameters to sign and send.</summary>
    public static byte[] WriteParameters(NamedGroup group, ReadOnlySpan<byte> publicKey)
    {
        var bytes = new byte[4 + publicKey.Length];
        var writer = new ByteWriter(bytes);
        writer.WriteByte(NamedCurve);
        writer.WriteUInt16((ushort)group);
        writer.WriteByte((byte)publicKey.Length);
        writer.WriteBytes(publicKey);
        return bytes;
    }
}
