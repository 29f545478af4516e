using System.Buffers.Binary;
using Bisque.Dtls.Crypto;
using Bisque.Dtls.Records;
using Bisque.Primitives;

namespace Bisque.Dtls.Handshake;

/// <summary>A ServerHello in place (RFC 5246 section 7.4.1.3).</summary>
internal readonly ref struct ServerHello
{
    private ServerHello(ushort version, ReadOnlySpan<byte> random, ushort suite, byte compressionMethod, HelloExtensions extensions)
    {
        Version = version;
        Random = random;
        CipherSuite = (CipherSuite)suite;
        CompressionMethod = compressionMethod;
        Extensions = extensions;
    }

    public ushort Version { get; }

    public ReadOnlySpan<byte> Random { get; }

    public CipherSuite CipherSuite { get; }

    public byte CompressionMethod { get; }

    public HelloExtensions Extensions { get; }

    public static bool TryParse(ReadOnlySpan<byte> body, out ServerHello hello)
    {
        hello = default;
        var reader = new ByteReader(body);
        if (!reader.TryReadUInt16(out var version)
            || !reader.TryReadBytes(KeySchedule.RandomLength, out var random)
            || !reader.TryReadByte(out var sessionIdLength) || sessionIdLength > 32 || !reader.TrySkip(sessionIdLength)
            || !reader.TryReadUInt16(out var suite)
            || !reader.TryReadByte(out var method)
            || !HelloExtensions.TryParse(reader.Rest, out var extensions))
        {
            return false;
        }

        hello = new(version, random, suite, method, extensions);
        return true;
    }

    /// <summary>Our answer: no session, and only extensions that <paramref name="client"/> named.</summary>
    public static byte[] Write(in ClientHello client, ReadOnlySpan<byte> random, CipherSuite suite, ushort srtpProfile)
    {
        const int Enough = 128;
        Span<byte> buffer = stackalloc byte[Enough];
        var writer = new ByteWriter(buffer);
        writer.WriteUInt16(DtlsVersion.Dtls12);
        writer.WriteBytes(random);
        writer.WriteByte(0);
        writer.WriteUInt16((ushort)suite);
        writer.WriteByte(0);

        var lengthField = writer.Reserve(2);
        var start = writer.Position;
        var offered = client.Extensions;
        if (offered.HasRenegotiationInfo || UInt16List.Contains(client.CipherSuites, CipherSuites.EmptyRenegotiationInfo))
        {
            HelloExtensionWriter.WriteRenegotiationInfo(ref writer);
        }

        if (offered.HasExtendedMasterSecret)
        {
            HelloExtensionWriter.WriteExtendedMasterSecret(ref writer);
        }

        if (offered.HasPointFormats)
        {
            HelloExtensionWriter.WritePointFormats(ref writer);
        }

        HelloExtensionWriter.WriteSrtp(ref writer, [srtpProfile]);
        BinaryPrimitives.WriteUInt16BigEndian(lengthField, (ushort)(writer.Position - start));
        return writer.Written.ToArray();
    }
}
