using Bisque.Dtls.Crypto;
using Bisque.Primitives;

namespace Bisque.Dtls.Handshake;

/// <summary>A scheme and a signature, in place (RFC 5246 section 4.7). A CertificateVerify is nothing else (section 7.4.8).</summary>
internal readonly ref struct DigitallySigned
{
    private DigitallySigned(ushort scheme, ReadOnlySpan<byte> signature)
    {
        Scheme = (SignatureScheme)scheme;
        Signature = signature;
    }

    public SignatureScheme Scheme { get; }

    public ReadOnlySpan<byte> Signature { get; }

    public static bool TryParse(ReadOnlySpan<byte> bytes, out DigitallySigned signed)
    {
        signed = default;
        var reader = new ByteReader(bytes);
        if (!reader.TryReadUInt16(out var scheme)
            || !reader.TryReadUInt16(out var length)
            || !reader.TryReadBytes(length, out var signature)
            || reader.Remaining > 0)
        {
            return false;
        }

        signed = new(scheme, signature);
        return true;
    }

    public static byte[] Write(SignatureScheme scheme, ReadOnlySpan<byte> signature)
    {
        var bytes = new byte[4 + signature.Length];
        var writer = new ByteWriter(bytes);
        writer.WriteUInt16((ushort)scheme);
        writer.WriteUInt16((ushort)signature.Length);
        writer.WriteBytes(signature);
        return bytes;
    }
}
