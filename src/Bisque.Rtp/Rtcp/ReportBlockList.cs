using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>The report blocks of an SR or RR (RFC 3550 section 6.4.1), read where they lie.</summary>
public readonly ref struct ReportBlockList
{
    /// <summary>Bytes of one block.</summary>
    public const int BlockLength = 24;

    private readonly ReadOnlySpan<byte> _bytes;

    internal ReportBlockList(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>How many blocks there are, at most 31.</summary>
    public int Count => _bytes.Length / BlockLength;

    /// <summary>The block at <paramref name="index"/>.</summary>
    public ReportBlock this[int index]
    {
        get
        {
            var block = _bytes.Slice(index * BlockLength, BlockLength);
            var loss = BinaryPrimitives.ReadUInt32BigEndian(block[4..]);
            return new ReportBlock(
                new Ssrc(BinaryPrimitives.ReadUInt32BigEndian(block)),
                (byte)(loss >> 24),
                (int)(loss << 8) >> 8,
                BinaryPrimitives.ReadUInt32BigEndian(block[8..]),
                BinaryPrimitives.ReadUInt32BigEndian(block[12..]),
                BinaryPrimitives.ReadUInt32BigEndian(block[16..]),
                BinaryPrimitives.ReadUInt32BigEndian(block[20..]));
        }
    }

    /// <summary>Starts before the first block.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks the blocks.</summary>
    public ref struct Enumerator
    {
        private readonly ReportBlockList _list;
        private int _index;

        internal Enumerator(ReportBlockList list)
        {
            _list = list;
            _index = -1;
        }

        /// <summary>The block that was reached.</summary>
        public readonly ReportBlock Current => _list[_index];

        /// <summary>Moves to the next block; false when there is none.</summary>
        public bool MoveNext() => ++_index < _list.Count;
    }
}
