namespace Bisque.Rtp;

/// <summary>
/// The RTCP packets of one datagram (RFC 3550 section 6.1), also of reduced size (RFC 5506). Enumerating yields packets whose bodies
/// have been checked, so that <c>TryParse</c> of the view for their type succeeds; it ends before the first packet that is malformed,
/// is APP or has an unknown type.
/// </summary>
/// <param name="datagram">The decrypted datagram; the views stay valid as long as it does.</param>
public readonly ref struct RtcpCompound(ReadOnlySpan<byte> datagram)
{
    private readonly ReadOnlySpan<byte> _datagram = datagram;

    /// <summary>Whether a datagram is to be handled as RTCP: version 2 and a packet type from 192 to 223 (RFC 5761 section 4).</summary>
    public static bool LooksLikeRtcp(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= RtcpPacket.HeaderLength && (datagram[0] & 0xc0) == 0x80 && datagram[1] is >= 192 and <= 223;

    /// <summary>Starts before the first packet.</summary>
    public Enumerator GetEnumerator() => new(_datagram);

    /// <summary>Walks the packets of a compound.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> datagram) => _rest = datagram;

        /// <summary>The packet that was reached.</summary>
        public RtcpPacket Current { get; private set; }

        /// <summary>After the end: whether bytes are left that were not understood.</summary>
        public readonly bool HasUnreadBytes => !_rest.IsEmpty;

        /// <summary>Moves to the next packet; false at the end and before a packet that is not understood.</summary>
        public bool MoveNext()
        {
            if (!RtcpPacket.TryParse(_rest, out var packet) || !packet.IsUnderstood())
            {
                return false;
            }

            _rest = _rest[packet.Length..];
            Current = packet;
            return true;
        }
    }
}
