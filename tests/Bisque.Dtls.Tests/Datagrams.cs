using System.Buffers.Binary;
using Bisque.Dtls.Handshake;
using Bisque.Dtls.Records;
using Bisque.Testing;

namespace Bisque.Dtls.Tests;

/// <summary>Makes datagrams that an endpoint would not.</summary>
internal static class Datagrams
{
    public static byte[] Record(ContentType type, ulong epochAndSequence, ReadOnlySpan<byte> fragment)
    {
        var datagram = new byte[DtlsRecord.HeaderLength + fragment.Length];
        DtlsRecord.WriteHeader(datagram, type, epochAndSequence, fragment.Length);
        fragment.CopyTo(datagram.AsSpan(DtlsRecord.HeaderLength));
        return datagram;
    }

    public static byte[] Handshake(HandshakeType type, ushort sequence, byte[] body) => Fragment(new(type, sequence, body), 0, body.Length);

    public static byte[] Fragment(HandshakeMessage message, int offset, int length)
    {
        var fragment = new byte[HandshakeFragment.HeaderLength + length];
        HandshakeFragment.WriteHeader(fragment, message, offset, length);
        message.Body.AsSpan(offset, length).CopyTo(fragment.AsSpan(HandshakeFragment.HeaderLength));
        return Record(ContentType.Handshake, 100, fragment);
    }

    public static byte[] Alert(AlertLevel level, AlertDescription description) => Record(ContentType.Alert, 99, [(byte)level, (byte)description]);

    /// <summary>The body of a client's first message.</summary>
    public static byte[] HelloBody(Peer client)
    {
        client.Endpoint.Start(0.Milliseconds());
        return client.TakeSent()[0][(DtlsRecord.HeaderLength + HandshakeFragment.HeaderLength)..];
    }

    /// <summary>The same hello with another extension of <paramref name="size"/> bytes, as a post-quantum key share adds.</summary>
    public static byte[] WithExtension(byte[] hello, ushort type, int size)
    {
        byte[] larger = [.. hello, (byte)(type >> 8), (byte)type, (byte)(size >> 8), (byte)size, .. new byte[size]];

        // Version, random, empty session, empty cookie, suites, one compression method: then the length of all extensions.
        var suites = BinaryPrimitives.ReadUInt16BigEndian(larger.AsSpan(36));
        var at = larger.AsSpan(38 + suites + 2);
        BinaryPrimitives.WriteUInt16BigEndian(at, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(at) + 4 + size));
        return larger;
    }
}
