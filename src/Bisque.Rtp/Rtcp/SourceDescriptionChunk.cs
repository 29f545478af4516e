using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>What an SDES says of one source.</summary>
public readonly ref struct SourceDescriptionChunk
{
    /// <summary>The item type of the canonical name (RFC 3550 section 6.5.1).</summary>
    public const byte CnameType = 1;

    private readonly ReadOnlySpan<byte> _items;

    private SourceDescriptionChunk(Ssrc ssrc, ReadOnlySpan<byte> items)
    {
        Ssrc = ssrc;
        _items = items;
    }

    /// <summary>The described source.</summary>
    public Ssrc Ssrc { get; }

    /// <summary>Starts before the first item.</summary>
    public Enumerator GetEnumerator() => new(_items);

    /// <summary>Finds the canonical name, in UTF-8.</summary>
    public bool TryGetCname(out ReadOnlySpan<byte> cname)
    {
        foreach (var item in this)
        {
            if (item.Type == CnameType)
            {
                cname = item.Text;
                return true;
            }
        }

        cname = default;
        return false;
    }

    // The list of items ends with one or more zero bytes, up to the next multiple of four.
    internal static bool TryParse(ReadOnlySpan<byte> bytes, out SourceDescriptionChunk chunk, out int length)
    {
        chunk = default;
        length = 0;
        if (bytes.Length < 4)
        {
            return false;
        }

        var at = 4;
        while (at < bytes.Length && bytes[at] != 0)
        {
            if (at + 1 >= bytes.Length || bytes[at + 1] > bytes.Length - at - 2)
            {
                return false;
            }

            at += 2 + bytes[at + 1];
        }

        length = (at + 4) & ~3;
        if (length > bytes.Length)
        {
            return false;
        }

        chunk = new SourceDescriptionChunk(new Ssrc(BinaryPrimitives.ReadUInt32BigEndian(bytes)), bytes[4..at]);
        return true;
    }

    /// <summary>Walks the items of a chunk.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> items) => _rest = items;

        /// <summary>The item that was reached.</summary>
        public SourceDescriptionItem Current { get; private set; }

        /// <summary>Moves to the next item; false when there is none.</summary>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            var end = 2 + _rest[1];
            Current = new SourceDescriptionItem(_rest[0], _rest[2..end]);
            _rest = _rest[end..];
            return true;
        }
    }
}
