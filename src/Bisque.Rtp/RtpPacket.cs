using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>
/// An RTP packet in place (RFC 3550 section 5.1) with its header extensions (RFC 8285). Valid as long as the buffer that it views.
/// </summary>
public readonly ref struct RtpPacket
{
    /// <summary>Bytes of the header that every packet has.</summary>
    public const int FixedHeaderLength = 12;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _extensionStart;
    private readonly int _payloadEnd;

    private RtpPacket(ReadOnlySpan<byte> bytes, int extensionStart, int headerLength, int payloadEnd)
    {
        _bytes = bytes;
        _extensionStart = extensionStart;
        HeaderLength = headerLength;
        _payloadEnd = payloadEnd;
    }

    /// <summary>Fixed header, contributing sources and header extension block, in bytes.</summary>
    public int HeaderLength { get; }

    /// <summary>Where the payload begins: the same as <see cref="HeaderLength"/>.</summary>
    public int PayloadOffset => HeaderLength;

    /// <summary>The payload without its padding.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength.._payloadEnd];

    /// <summary>Bytes of padding after the payload, the count byte included; 0 when there are none.</summary>
    public byte PaddingLength => (byte)(_bytes.Length - _payloadEnd);

    /// <summary>Length of the whole packet in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The marker bit; for video the end of a frame.</summary>
    public bool Marker => (_bytes[1] & 0x80) != 0;

    /// <summary>The payload type, 0 to 127.</summary>
    public byte PayloadType => (byte)(_bytes[1] & 0x7f);

    /// <summary>The sequence number.</summary>
    public SequenceNumber SequenceNumber => new(BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]));

    /// <summary>The timestamp in clock-rate units.</summary>
    public RtpTimestamp Timestamp => new(BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]));

    /// <summary>The source of the stream.</summary>
    public Ssrc Ssrc => new(BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]));

    /// <summary>How many contributing sources are listed, 0 to 15.</summary>
    public int ContributingSourceCount => _bytes[0] & 0x0f;

    /// <summary>Whether the packet carries a header extension block, in whatever form.</summary>
    public bool HasExtensionBlock => (_bytes[0] & 0x10) != 0;

    /// <summary>The "defined by profile" field of the extension block: 0xBEDE for the one-byte form, 0x1000 to 0x100f for the two-byte form.</summary>
    public ushort ExtensionProfile => HasExtensionBlock ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[(_extensionStart - 4)..]) : (ushort)0;

    /// <summary>The elements of the extension block in the order of the packet; none when the block has neither form of RFC 8285.</summary>
    public RtpHeaderExtensionEnumerator Extensions => HasExtensionBlock
        ? new RtpHeaderExtensionEnumerator(_bytes, _extensionStart, HeaderLength, ExtensionProfile)
        : default;

    /// <summary>
    /// Whether a datagram is to be handled as RTP: 12 bytes or more of version 2. RTCP looks the same by these two marks, so
    /// <see cref="RtcpCompound.LooksLikeRtcp"/> is to be asked first (RFC 5761 section 4).
    /// </summary>
    public static bool LooksLikeRtp(ReadOnlySpan<byte> datagram) => datagram.Length >= FixedHeaderLength && (datagram[0] & 0xc0) == 0x80;

    /// <summary>Checks every length before anything is read. False for whatever is not a well-formed version 2 packet.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RtpPacket packet)
    {
        packet = default;
        if (!LooksLikeRtp(bytes))
        {
            return false;
        }

        var headerLength = FixedHeaderLength + 4 * (bytes[0] & 0x0f);
        var extensionStart = 0;
        if ((bytes[0] & 0x10) != 0)
        {
            extensionStart = headerLength + 4;
            if (extensionStart > bytes.Length)
            {
                return false;
            }

            headerLength = extensionStart + 4 * BinaryPrimitives.ReadUInt16BigEndian(bytes[(extensionStart - 2)..]);
        }

        if (headerLength > bytes.Length)
        {
            return false;
        }

        var payloadEnd = bytes.Length;
        if ((bytes[0] & 0x20) != 0)
        {
            var padding = bytes[^1];
            payloadEnd -= padding;
            if (padding == 0 || payloadEnd < headerLength)
            {
                return false;
            }
        }

        packet = new RtpPacket(bytes, extensionStart, headerLength, payloadEnd);
        return true;
    }

    /// <summary>The contributing source at <paramref name="index"/>, below <see cref="ContributingSourceCount"/>.</summary>
    public Ssrc GetContributingSource(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ContributingSourceCount);
        return new Ssrc(BinaryPrimitives.ReadUInt32BigEndian(_bytes[(FixedHeaderLength + 4 * index)..]));
    }

    /// <summary>Finds the first element with the given local identifier. Identifier 0 is never found: it means "not negotiated".</summary>
    public bool TryGetExtension(byte id, out ReadOnlySpan<byte> value)
    {
        if (id != 0)
        {
            foreach (var extension in Extensions)
            {
                if (extension.Id == id)
                {
                    value = extension.Value;
                    return true;
                }
            }
        }

        value = default;
        return false;
    }
}
