namespace Bisque.Dtls.Certificates;

/// <summary>Walks DER elements in place (X.690 section 8.1), without exceptions. Only short tags and definite lengths exist in DER certificates.</summary>
internal ref struct DerReader(ReadOnlySpan<byte> bytes)
{
    public const byte Integer = 0x02;
    public const byte BitString = 0x03;
    public const byte ObjectIdentifier = 0x06;
    public const byte Sequence = 0x30;

    /// <summary>The explicit tag of a certificate's version (RFC 5280 section 4.1).</summary>
    public const byte ContextZero = 0xa0;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>The tag that comes next, or 0.</summary>
    public readonly byte NextTag => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>Reads an element with this tag and gives its content.</summary>
    public bool TryRead(byte tag, out ReadOnlySpan<byte> content) => TryRead(out var actual, out content, out _) && actual == tag;

    /// <summary>Reads an element with this tag and gives all of it.</summary>
    public bool TryReadWhole(byte tag, out ReadOnlySpan<byte> element) => TryRead(out var actual, out _, out element) && actual == tag;

    private bool TryRead(out byte tag, out ReadOnlySpan<byte> content, out ReadOnlySpan<byte> element)
    {
        content = element = default;
        tag = NextTag;
        if (_rest.Length < 2)
        {
            return false;
        }

        int length = _rest[1];
        var header = 2;
        if (length > 0x80)
        {
            // Three bytes of length are more than any certificate that fits our messages needs.
            var count = length - 0x80;
            if (count > 3 || _rest.Length < 2 + count)
            {
                return false;
            }

            length = 0;
            for (var i = 0; i < count; i++)
            {
                length = length << 8 | _rest[2 + i];
            }

            header += count;
        }
        else if (length == 0x80)
        {
            return false;
        }

        if (length > _rest.Length - header)
        {
            return false;
        }

        content = _rest.Slice(header, length);
        element = _rest[..(header + length)];
        _rest = _rest[(header + length)..];
        return true;
    }
}
