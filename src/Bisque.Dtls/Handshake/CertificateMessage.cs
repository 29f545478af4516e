using Bisque.Primitives;

namespace Bisque.Dtls.Handshake;

/// <summary>The Certificate message (RFC 5246 section 7.4.2).</summary>
internal static class CertificateMessage
{
    /// <summary>Finds the first certificate, the sender's own; empty when the list is. The rest of a chain is not looked at.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> certificate)
    {
        certificate = default;
        var reader = new ByteReader(body);
        if (!reader.TryReadUInt24(out var listLength) || listLength != reader.Remaining)
        {
            return false;
        }

        return listLength == 0 || (reader.TryReadUInt24(out var length) && reader.TryReadBytes((int)length, out certificate));
    }

    public static byte[] Write(ReadOnlySpan<byte> certificate)
    {
        var body = new byte[6 + certificate.Length];
        var writer = new ByteWriter(body);
        writer.WriteUInt24((uint)(3 + certificate.Length));
        writer.WriteUInt24((uint)certificate.Length);
        writer.WriteBytes(certificate);
        return body;
    }
}
