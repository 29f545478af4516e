namespace Bisque.Rtp;

/// <summary>
/// Walks the elements of a header extension block. Padding is skipped; the walk ends at the first element that does not fit into the
/// block, and at the stop mark of the one-byte form (RFC 8285 sections 4.2 and 4.3).
/// </summary>
public ref struct RtpHeaderExtensionEnumerator
{
    internal const ushort OneByteProfile = 0xbede;
    internal const ushort TwoByteProfile = 0x1000;

    private readonly ReadOnlySpan<byte> _packet;
    private readonly bool _isTwoByteForm;
    private int _position;
    private int _end;

    internal RtpHeaderExtensionEnumerator(ReadOnlySpan<byte> packet, int start, int end, ushort profile)
    {
        _packet = packet;
        _position = start;
        _isTwoByteForm = (profile & 0xfff0) == TwoByteProfile;
        _end = _isTwoByteForm || profile == OneByteProfile ? end : start;
    }

    /// <summary>The element that was reached.</summary>
    public RtpHeaderExtension Current { get; private set; }

    /// <summary>This enumerator, so that it can stand in a <c>foreach</c>.</summary>
    public readonly RtpHeaderExtensionEnumerator GetEnumerator() => this;

    /// <summary>Moves to the next element; false when there is none.</summary>
    public bool MoveNext()
    {
        while (_position < _end && _packet[_position] == 0)
        {
            _position++;
        }

        if (_position >= _end)
        {
            return false;
        }

        return _isTwoByteForm ? MoveNextTwoByte() : MoveNextOneByte();
    }

    private bool MoveNextOneByte()
    {
        var id = (byte)(_packet[_position] >> 4);
        var length = (_packet[_position] & 0x0f) + 1;

        // Identifier 15 stops the processing, and so does padding that claims a length (RFC 8285 section 4.2).
        return id is 0 or 15 ? Stop() : Take(id, _position + 1, length);
    }

    private bool MoveNextTwoByte() =>
        _position + 1 < _end ? Take(_packet[_position], _position + 2, _packet[_position + 1]) : Stop();

    private bool Take(byte id, int offset, int length)
    {
        if (length > _end - offset)
        {
            return Stop();
        }

        Current = new RtpHeaderExtension(id, offset, _packet.Slice(offset, length));
        _position = offset + length;
        return true;
    }

    private bool Stop()
    {
        _end = _position;
        return false;
    }
}
