using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>A REMB in place (draft-alvestrand-rmcat-remb-03 section 2.2).</summary>
public readonly ref struct ReceiverEstimatedMaximumBitrate
{
    internal const uint Identifier = 0x52454d42;
    internal const int FixedLength = 8;

    private readonly ReadOnlySpan<byte> _sources;

    private ReceiverEstimatedMaximumBitrate(Ssrc senderSsrc, Bitrate bitrate, ReadOnlySpan<byte> sources)
    {
        SenderSsrc = senderSsrc;
        Bitrate = bitrate;
        _sources = sources;
    }

    /// <summary>Who estimates.</summary>
    public Ssrc SenderSsrc { get; }

    /// <summary>The estimate over all listed streams.</summary>
    public Bitrate Bitrate { get; }

    /// <summary>How many streams are listed, 0 to 255.</summary>
    public int SourceCount => _sources.Length / 4;

    /// <summary>Reads the packet; false when it is something else, its length does not fit its count, or the rate passes 63 bits.</summary>
    public static bool TryParse(RtcpPacket packet, out ReceiverEstimatedMaximumBitrate estimate)
    {
        estimate = default;
        if (!FeedbackMessage.TryParse(
                packet, RtcpPacketType.PayloadSpecificFeedback, RtcpFeedbackFormat.ApplicationLayer, out var message))
        {
            return false;
        }

        var reader = new ByteReader(message.Information);
        if (!reader.TryReadUInt32(out var identifier)
            || identifier != Identifier
            || !reader.TryReadByte(out var count)
            || !reader.TryReadUInt24(out var rate)
            || reader.Remaining != 4 * count)
        {
            return false;
        }

        var exponent = (int)(rate >> 18);
        var mantissa = rate & 0x3_ffff;
        if (mantissa != 0 && exponent > 62 - System.Numerics.BitOperations.Log2(mantissa))
        {
            return false;
        }

        estimate = new ReceiverEstimatedMaximumBitrate(message.SenderSsrc, new Bitrate((long)mantissa << exponent), reader.Rest);
        return true;
    }

    /// <summary>The stream at <paramref name="index"/>.</summary>
    public Ssrc GetSource(int index) => new(BinaryPrimitives.ReadUInt32BigEndian(_sources.Slice(4 * index, 4)));

    /// <summary>Whether an application layer feedback message says that it is a REMB.</summary>
    internal static bool IsCarriedBy(RtcpPacket packet) =>
        packet.Body.Length >= 12 && BinaryPrimitives.ReadUInt32BigEndian(packet.Body[8..]) == Identifier;
}
