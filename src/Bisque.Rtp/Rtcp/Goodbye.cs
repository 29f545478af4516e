using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>A BYE in place (RFC 3550 section 6.6).</summary>
public readonly ref struct Goodbye
{
    private readonly ReadOnlySpan<byte> _sources;

    private Goodbye(ReadOnlySpan<byte> sources, ReadOnlySpan<byte> reason)
    {
        _sources = sources;
        Reason = reason;
    }

    /// <summary>How many sources leave, 0 to 31.</summary>
    public int SourceCount => _sources.Length / 4;

    /// <summary>Why they leave, in UTF-8; empty when nothing is said.</summary>
    public ReadOnlySpan<byte> Reason { get; }

    /// <summary>Reads the packet; false when it is of another type or too short for its count of sources or its reason.</summary>
    public static bool TryParse(RtcpPacket packet, out Goodbye goodbye)
    {
        goodbye = default;
        var reader = new ByteReader(packet.Body);
        if (packet.Type != RtcpPacketType.Goodbye || !reader.TryReadBytes(4 * packet.Count, out var sources))
        {
            return false;
        }

        ReadOnlySpan<byte> reason = default;
        if (reader.TryReadByte(out var length) && !reader.TryReadBytes(length, out reason))
        {
            return false;
        }

        goodbye = new Goodbye(sources, reason);
        return true;
    }

    /// <summary>The leaving source at <paramref name="index"/>.</summary>
    public Ssrc GetSource(int index) => new(BinaryPrimitives.ReadUInt32BigEndian(_sources.Slice(4 * index, 4)));
}
