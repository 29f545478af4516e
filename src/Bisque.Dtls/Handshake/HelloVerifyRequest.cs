using Bisque.Primitives;

namespace Bisque.Dtls.Handshake;

/// <summary>A HelloVerifyRequest in place (RFC 6347 section 4.2.1).</summary>
internal readonly ref struct HelloVerifyRequest
{
    private HelloVerifyRequest(ReadOnlySpan<byte> cookie) => Cookie = cookie;

    /// <summary>To be repeated in the next ClientHello.</summary>
    public ReadOnlySpan<byte> Cookie { get; }

    public static bool TryParse(ReadOnlySpan<byte> body, out HelloVerifyRequest request)
    {
        request = default;
        var reader = new ByteReader(body);
        if (!reader.TrySkip(2) || !reader.TryReadByte(out var length) || !reader.TryReadBytes(length, out var cookie) || reader.Remaining > 0)
        {
            return false;
        }

        request = new(cookie);
        return true;
    }
}
