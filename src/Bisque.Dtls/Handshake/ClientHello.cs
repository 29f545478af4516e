using System.Buffers.Binary;
using Bisque.Dtls.Crypto;
using Bisque.Dtls.Records;
using Bisque.Primitives;

namespace Bisque.Dtls.Handshake;

/// <summary>A ClientHello in place (RFC 6347 section 4.2.1, RFC 5246 section 7.4.1.2).</summary>
internal readonly ref struct ClientHello
{
    private ClientHello(
        ushort version, ReadOnlySpan<byte> random, ReadOnlySpan<byte> suites, ReadOnlySpan<byte> compressionMethods, HelloExtensions extensions)
    {
        Version = version;
        Random = random;
        CipherSuites = suites;
        CompressionMethods = compressionMethods;
        Extensions = extensions;
    }

    public ushort Version { get; }

    public ReadOnlySpan<byte> Random { get; }

    /// <summary>16 bits each.</summary>
    public ReadOnlySpan<byte> CipherSuites { get; }

    public ReadOnlySpan<byte> CompressionMethods { get; }

    public HelloExtensions Extensions { get; }

    public static bool TryParse(ReadOnlySpan<byte> body, out ClientHello hello)
    {
        hello = default;
        var reader = new ByteReader(body);
        if (!reader.TryReadUInt16(out var version)
            || !reader.TryReadBytes(KeySchedule.RandomLength, out var random)
            || !reader.TryReadByte(out var sessionIdLength) || sessionIdLength > 32 || !reader.TrySkip(sessionIdLength)
            || !reader.TryReadByte(out var cookieLength) || !reader.TrySkip(cookieLength)
            || !reader.TryReadUInt16(out var suitesLength) || suitesLength % 2 != 0 || !reader.TryReadBytes(suitesLength, out var suites)
            || !reader.TryReadByte(out var methodsLength) || !reader.TryReadBytes(methodsLength, out var methods)
            || !HelloExtensions.TryParse(reader.Rest, out var extensions))
        {
            return false;
        }

        hello = new(version, random, suites, methods, extensions);
        return true;
    }

    /// <summary>Our hello: no session, the server's cookie if it asked for one, every suite and group that we know.</summary>
    public static byte[] Write(ReadOnlySpan<byte> random, ReadOnlySpan<byte> cookie, IReadOnlyList<ushort> srtpProfiles)
    {
        const int EverythingElse = 256;
        Span<byte> buffer = stackalloc byte[EverythingElse + byte.MaxValue + 2 * srtpProfiles.Count];
        var writer = new ByteWriter(buffer);
        writer.WriteUInt16(DtlsVersion.Dtls12);
        writer.WriteBytes(random);
        writer.WriteByte(0);
        writer.WriteByte((byte)cookie.Length);
        writer.WriteBytes(cookie);

        var suites = Crypto.CipherSuites.InOrderOfPreference;
        writer.WriteUInt16((ushort)(2 * (suites.Length + 1)));
        foreach (var suite in suites)
        {
            writer.WriteUInt16((ushort)suite);
        }

        writer.WriteUInt16(Crypto.CipherSuites.EmptyRenegotiationInfo);
        writer.WriteByte(1);
        writer.WriteByte(0);

        var lengthField = writer.Reserve(2);
        var start = writer.Position;
        HelloExtensionWriter.WriteExtendedMasterSecret(ref writer);
        HelloExtensionWriter.WriteSupportedGroups(ref writer);
        HelloExtensionWriter.WritePointFormats(ref writer);
        HelloExtensionWriter.WriteSignatureAlgorithms(ref writer);
        HelloExtensionWriter.WriteSrtp(ref writer, srtpProfiles);
        BinaryPrimitives.WriteUInt16BigEndian(lengthField, (ushort)(writer.Position - start));
        return writer.Written.ToArray();
    }
}
