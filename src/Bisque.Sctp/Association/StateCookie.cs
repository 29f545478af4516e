using System.Buffers.Binary;
using System.Security.Cryptography;
using Bisque.Primitives;

namespace Bisque.Sctp.Association;

/// <summary>
/// What an INIT-ACK asks the peer to bring back, so that nothing has to be remembered of it meanwhile (RFC 9260 section 5.1.3): both tags,
/// both first TSNs, what the peer offered, when that was, and HMAC-SHA-256 over all of it.
/// </summary>
internal readonly record struct StateCookie
{
    /// <summary>Bytes of a cookie.</summary>
    public const int Length = AuthenticatedLength + HMACSHA256.HashSizeInBytes;

    /// <summary>Bytes of the key.</summary>
    public const int KeyLength = 32;

    private const int AuthenticatedLength = 56;
    private const byte PartialReliabilityFlag = 1;
    private const byte MessageInterleavingFlag = 2;
    private const byte StreamResetFlag = 4;
    private const byte ZeroChecksumFlag = 8;

    /// <summary>The first bytes: what made the cookie.</summary>
    public static ReadOnlySpan<byte> Magic => "bisque01"u8;

    public uint LocalTag { get; init; }

    public uint PeerTag { get; init; }

    public Tsn LocalInitialTsn { get; init; }

    public Tsn PeerInitialTsn { get; init; }

    /// <summary>The peer's receive window.</summary>
    public uint PeerWindow { get; init; }

    /// <summary>Which association there was when the cookie was made, by a number that only we know; 0 for none (RFC 9260 section 5.2.2).</summary>
    public ulong TieTag { get; init; }

    public PeerCapabilities Capabilities { get; init; }

    public MonotonicTime CreatedAt { get; init; }

    /// <summary>Writes the cookie, <see cref="Length"/> bytes.</summary>
    public void Write(Span<byte> destination, ReadOnlySpan<byte> key)
    {
        var writer = new ByteWriter(destination);
        writer.WriteBytes(Magic);
        writer.WriteUInt32(LocalTag);
        writer.WriteUInt32(PeerTag);
        writer.WriteUInt32(LocalInitialTsn.Value);
        writer.WriteUInt32(PeerInitialTsn.Value);
        writer.WriteUInt32(PeerWindow);
        writer.WriteUInt64(TieTag);
        writer.WriteUInt16(Capabilities.OutboundStreams);
        writer.WriteUInt16(Capabilities.MaxInboundStreams);
        writer.WriteUInt32(
            (Capabilities.PartialReliability ? PartialReliabilityFlag : 0u) | (Capabilities.MessageInterleaving ? MessageInterleavingFlag : 0u)
            | (Capabilities.StreamReset ? StreamResetFlag : 0u) | (Capabilities.ZeroChecksum ? ZeroChecksumFlag : 0u));
        writer.WriteUInt64((ulong)CreatedAt.Microseconds);
        writer.WriteZeros(AuthenticatedLength - writer.Position);
        HMACSHA256.HashData(key, destination[..AuthenticatedLength], destination.Slice(AuthenticatedLength, HMACSHA256.HashSizeInBytes));
    }

    /// <summary>False for whatever is not a cookie made with <paramref name="key"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> key, out StateCookie cookie)
    {
        cookie = default;
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (bytes.Length != Length || !bytes.StartsWith(Magic))
        {
            return false;
        }

        HMACSHA256.HashData(key, bytes[..AuthenticatedLength], code);
        if (!CryptographicOperations.FixedTimeEquals(code, bytes[AuthenticatedLength..]))
        {
            return false;
        }

        var flags = BinaryPrimitives.ReadUInt32BigEndian(bytes[40..]);
        cookie = new()
        {
            LocalTag = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
            PeerTag = BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]),
            LocalInitialTsn = new(BinaryPrimitives.ReadUInt32BigEndian(bytes[16..])),
            PeerInitialTsn = new(BinaryPrimitives.ReadUInt32BigEndian(bytes[20..])),
            PeerWindow = BinaryPrimitives.ReadUInt32BigEndian(bytes[24..]),
            TieTag = BinaryPrimitives.ReadUInt64BigEndian(bytes[28..]),
            Capabilities = new()
            {
                OutboundStreams = BinaryPrimitives.ReadUInt16BigEndian(bytes[36..]),
                MaxInboundStreams = BinaryPrimitives.ReadUInt16BigEndian(bytes[38..]),
                PartialReliability = (flags & PartialReliabilityFlag) != 0,
                MessageInterleaving = (flags & MessageInterleavingFlag) != 0,
                StreamReset = (flags & StreamResetFlag) != 0,
                ZeroChecksum = (flags & ZeroChecksumFlag) != 0,
            },
            CreatedAt = new((long)BinaryPrimitives.ReadUInt64BigEndian(bytes[44..])),
        };
        return true;
    }
}
