using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>An XR in place (RFC 3611 section 2).</summary>
public readonly ref struct ExtendedReport
{
    private readonly ReadOnlySpan<byte> _blocks;

    private ExtendedReport(Ssrc senderSsrc, ReadOnlySpan<byte> blocks)
    {
        SenderSsrc = senderSsrc;
        _blocks = blocks;
    }

    /// <summary>Who reports.</summary>
    public Ssrc SenderSsrc { get; }

    /// <summary>Reads the packet; false when it is of another type or its blocks do not fill it exactly.</summary>
    public static bool TryParse(RtcpPacket packet, out ExtendedReport report)
    {
        report = default;
        var reader = new ByteReader(packet.Body);
        if (packet.Type != RtcpPacketType.ExtendedReport || !reader.TryReadUInt32(out var ssrc))
        {
            return false;
        }

        var candidate = new ExtendedReport(new Ssrc(ssrc), reader.Rest);
        var read = 0;
        foreach (var block in candidate)
        {
            read += ExtendedReportBlock.HeaderLength + block.Content.Length;
        }

        if (read != candidate._blocks.Length)
        {
            return false;
        }

        report = candidate;
        return true;
    }

    /// <summary>Starts before the first block.</summary>
    public Enumerator GetEnumerator() => new(_blocks);

    /// <summary>Walks the blocks.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> blocks) => _rest = blocks;

        /// <summary>The block that was reached.</summary>
        public ExtendedReportBlock Current { get; private set; }

        /// <summary>Moves to the next block; false when there is none.</summary>
        public bool MoveNext()
        {
            if (!ExtendedReportBlock.TryParse(_rest, out var block))
            {
                return false;
            }

            _rest = _rest[(ExtendedReportBlock.HeaderLength + block.Content.Length)..];
            Current = block;
            return true;
        }
    }
}
