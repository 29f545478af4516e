using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>One block of an XR (RFC 3611 section 3).</summary>
public readonly ref struct ExtendedReportBlock
{
    /// <summary>The block type of a receiver reference time (RFC 3611 section 4.4).</summary>
    public const byte ReceiverReferenceTimeType = 4;

    /// <summary>The block type of a DLRR (RFC 3611 section 4.5).</summary>
    public const byte DlrrType = 5;

    internal const int HeaderLength = 4;
    internal const int ReferenceTimeLength = 8;
    internal const int DlrrLength = 12;

    private ExtendedReportBlock(byte type, ReadOnlySpan<byte> content)
    {
        Type = type;
        Content = content;
    }

    /// <summary>The block type.</summary>
    public byte Type { get; }

    /// <summary>What follows the block's 4-byte header.</summary>
    public ReadOnlySpan<byte> Content { get; }

    /// <summary>How many sub-blocks a DLRR block has; 0 for other blocks.</summary>
    public int DlrrCount => Type == DlrrType ? Content.Length / DlrrLength : 0;

    /// <summary>Reads a receiver reference time block; false for other blocks.</summary>
    public bool TryGetReceiverReferenceTime(out ReceiverReferenceTime time)
    {
        var fits = Type == ReceiverReferenceTimeType;
        time = fits ? new ReceiverReferenceTime(new NtpTime(BinaryPrimitives.ReadUInt64BigEndian(Content))) : default;
        return fits;
    }

    /// <summary>The sub-block at <paramref name="index"/>, below <see cref="DlrrCount"/>.</summary>
    public DlrrReport GetDlrr(int index)
    {
        var report = Content.Slice(index * DlrrLength, DlrrLength);
        return new DlrrReport(
            new Ssrc(BinaryPrimitives.ReadUInt32BigEndian(report)),
            BinaryPrimitives.ReadUInt32BigEndian(report[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(report[8..]));
    }

    internal static bool TryParse(ReadOnlySpan<byte> bytes, out ExtendedReportBlock block)
    {
        block = default;
        var reader = new ByteReader(bytes);
        if (!reader.TryReadByte(out var type)
            || !reader.TrySkip(1)
            || !reader.TryReadUInt16(out var words)
            || !reader.TryReadBytes(4 * words, out var content))
        {
            return false;
        }

        var lengthFits = type switch
        {
            ReceiverReferenceTimeType => content.Length == ReferenceTimeLength,
            DlrrType => content.Length % DlrrLength == 0,
            _ => true,
        };
        block = lengthFits ? new ExtendedReportBlock(type, content) : default;
        return lengthFits;
    }
}
