using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Association;

/// <summary>The packet that chunks are bundled in before it is sent (RFC 9260 section 6.10). One buffer, used again for each packet.</summary>
internal sealed class OutgoingPacket(int mtu)
{
    private readonly byte[] _bytes = new byte[mtu & ~3];
    private int _length = SctpPacket.HeaderLength;

    /// <summary>Whether no chunk has been put in.</summary>
    public bool IsEmpty => _length == SctpPacket.HeaderLength;

    /// <summary>What is left for chunks.</summary>
    public Span<byte> Room => _bytes.AsSpan(_length);

    /// <summary>Counts as taken what was written at the start of <see cref="Room"/>: whole chunks with their padding.</summary>
    public void Advance(int written) => _length += written;

    /// <summary>Writes the header; the packet is valid until the next chunk is put in, and what follows is a new one.</summary>
    public ReadOnlySpan<byte> Finish(ushort sourcePort, ushort destinationPort, uint verificationTag, bool zeroChecksum)
    {
        var packet = _bytes.AsSpan(0, _length);
        SctpPacket.WriteHeader(packet, sourcePort, destinationPort, verificationTag, zeroChecksum);
        Clear();
        return packet;
    }

    /// <summary>Forgets what was put in.</summary>
    public void Clear() => _length = SctpPacket.HeaderLength;
}
