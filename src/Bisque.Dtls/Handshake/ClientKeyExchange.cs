using Bisque.Primitives;

namespace Bisque.Dtls.Handshake;

/// <summary>The ClientKeyExchange with an ECDHE public key (RFC 8422 section 5.7).</summary>
internal static class ClientKeyExchange
{
    public static bool TryParse(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> publicKey)
    {
        publicKey = default;
        var reader = new ByteReader(body);
        return reader.TryReadByte(out var length) && reader.TryReadBytes(length, out publicKey) && reader.Remaining == 0;
    }

    public static byte[] Write(ReadOnlySpan<byte> publicKey) => [(byte)publicKey.Length, .. publicKey];
}
