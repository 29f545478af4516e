using System.Buffers.Binary;

namespace Bisque.Rtp;

/// <summary>One packet of a compound (RFC 3550 section 6.4), before its body is read.</summary>
public readonly ref struct RtcpPacket
{
    /// <summary>Bytes before the body: version, count, type and length.</summary>
    public const int HeaderLength = 4;

    private RtcpPacket(RtcpPacketType type, byte count, int length, ReadOnlySpan<byte> body)
    {
        Type = type;
        Count = count;
        Length = length;
        Body = body;
    }

    /// <summary>What kind of packet it is.</summary>
    public RtcpPacketType Type { get; }

    /// <summary>The five bits behind version and padding: a count of blocks, chunks or sources, or the format of a feedback message.</summary>
    public byte Count { get; }

    /// <summary>Length in bytes with header and padding.</summary>
    public int Length { get; }

    /// <summary>What follows the 4-byte header, without padding.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Reads the header at the beginning of <paramref name="bytes"/>, which may go on with further packets.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RtcpPacket packet)
    {
        packet = default;
        if (bytes.Length < HeaderLength || (bytes[0] & 0xc0) != 0x80)
        {
            return false;
        }

        var length = HeaderLength + 4 * BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (length > bytes.Length)
        {
            return false;
        }

        var body = bytes[HeaderLength..length];
        if ((bytes[0] & 0x20) != 0)
        {
            if (body.IsEmpty || body[^1] == 0 || body[^1] > body.Length)
            {
                return false;
            }

            body = body[..^body[^1]];
        }

        packet = new RtcpPacket((RtcpPacketType)bytes[1], (byte)(bytes[0] & 0x1f), length, body);
        return true;
    }

    /// <summary>Whether the body is what its type and format promise. False for APP and for types that are not known here.</summary>
    internal bool IsUnderstood() => Type switch
    {
        RtcpPacketType.SenderReport => SenderReport.TryParse(this, out _),
        RtcpPacketType.ReceiverReport => ReceiverReport.TryParse(this, out _),
        RtcpPacketType.SourceDescription => SourceDescription.TryParse(this, out _),
        RtcpPacketType.Goodbye => Goodbye.TryParse(this, out _),
        RtcpPacketType.TransportLayerFeedback => Count switch
        {
            RtcpFeedbackFormat.GenericNack => GenericNack.TryParse(this, out _),
            RtcpFeedbackFormat.TransportWide => TransportFeedback.TryParse(this, out _),
            _ => FeedbackMessage.TryParse(this, out _),
        },
        RtcpPacketType.PayloadSpecificFeedback => Count switch
        {
            RtcpFeedbackFormat.PictureLossIndication => PictureLossIndication.TryParse(this, out _),
            RtcpFeedbackFormat.FullIntraRequest => FullIntraRequest.TryParse(this, out _),
            RtcpFeedbackFormat.ApplicationLayer when ReceiverEstimatedMaximumBitrate.IsCarriedBy(this) =>
                ReceiverEstimatedMaximumBitrate.TryParse(this, out _),
            _ => FeedbackMessage.TryParse(this, out _),
        },
        RtcpPacketType.ExtendedReport => ExtendedReport.TryParse(this, out _),
        _ => false,
    };
}
