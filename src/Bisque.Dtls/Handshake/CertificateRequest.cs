using Bisque.Primitives;

namespace Bisque.Dtls.Handshake;

/// <summary>A CertificateRequest in place (RFC 5246 section 7.4.4). Certificate authorities are of no interest.</summary>
internal readonly ref struct CertificateRequest
{
    private const byte RsaSign = 1;
    private const byte EcdsaSign = 64;

    private CertificateRequest(ReadOnlySpan<byte> schemes) => Schemes = schemes;

    /// <summary>The signature schemes that the server can verify, 16 bits each.</summary>
    public ReadOnlySpan<byte> Schemes { get; }

    public static bool TryParse(ReadOnlySpan<byte> body, out CertificateRequest request)
    {
        request = default;
        var reader = new ByteReader(body);
        if (!reader.TryReadByte(out var typesLength) || !reader.TrySkip(typesLength)
            || !reader.TryReadUInt16(out var schemesLength) || !reader.TryReadBytes(schemesLength, out var schemes)
            || !reader.TryReadUInt16(out var authoritiesLength) || authoritiesLength != reader.Remaining)
        {
            return false;
        }

        request = new(schemes);
        return true;
    }

    public static byte[] Write()
    {
        Span<byte> buffer = stackalloc byte[32];
        var writer = new ByteWriter(buffer);
        writer.WriteByte(2);
        writer.WriteByte(EcdsaSign);
        writer.WriteByte(RsaSign);
        HelloExtensionWriter.WriteSchemes(ref writer);
        writer.WriteUInt16(0);
        return writer.Written.ToArray();
    }
}
