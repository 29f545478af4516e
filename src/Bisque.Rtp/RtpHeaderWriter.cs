using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>
/// Writes a fresh RTP header (RFC 3550 section 5.1) with header extensions in the order of the calls. The block starts in the one-byte
/// form and is turned into the two-byte form by the first element that needs it: an identifier above 14, an empty value or one longer
/// than 16 bytes (RFC 8285 section 4.1.2). Offsets are therefore final only after <see cref="Finish"/>.
/// </summary>
/// <remarks>The span must be large enough for what is written; writing past its end throws, since our own headers have known sizes.</remarks>
public ref struct RtpHeaderWriter
{
    private const int ExtensionStart = RtpPacket.FixedHeaderLength + 4;
    private const int LargestOneByteId = 14;
    private const int LargestOneByteLength = 16;

    private readonly Span<byte> _destination;
    private int _position;
    private int _extensionCount;
    private bool _isTwoByteForm;

    /// <summary>Writes the fixed header to the beginning of <paramref name="destination"/>.</summary>
    public RtpHeaderWriter(
        Span<byte> destination, bool marker, byte payloadType, SequenceNumber sequenceNumber, RtpTimestamp timestamp, Ssrc ssrc)
    {
        _destination = destination;
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], ssrc.Value);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], timestamp.Value);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], sequenceNumber.Value);
        destination[1] = (byte)((marker ? 0x80 : 0) | (payloadType & 0x7f));
        destination[0] = 0x80;
        _position = RtpPacket.FixedHeaderLength;
        AbsSendTimeOffset = -1;
        TransportWideNumberOffset = -1;
    }

    /// <summary>Where the 3 bytes of abs-send-time stand, counted from the start of the packet; -1 when there are none.</summary>
    public int AbsSendTimeOffset { get; private set; }

    /// <summary>Where the 2 bytes of the transport-wide sequence number stand, counted from the start of the packet; -1 when there are none.</summary>
    public int TransportWideNumberOffset { get; private set; }

    /// <summary>Sets the padding bit: the caller appends the padding after the payload, its last byte being the count.</summary>
    public readonly void MarkPadding() => _destination[0] |= 0x20;

    /// <summary>Adds an element with the given local identifier (1 to 255) and value (up to 255 bytes).</summary>
    public void AddExtension(byte id, scoped ReadOnlySpan<byte> value) => value.CopyTo(Reserve(id, value.Length));

    /// <summary>Adds an abs-send-time of zero, to be filled in at <see cref="AbsSendTimeOffset"/> when the packet leaves.</summary>
    public void AddAbsSendTime(byte id)
    {
        Reserve(id, AbsSendTime.Length).Clear();
        AbsSendTimeOffset = _position - AbsSendTime.Length;
    }

    /// <summary>Adds a transport-wide sequence number of zero, to be filled in at <see cref="TransportWideNumberOffset"/> when the packet leaves.</summary>
    public void AddTransportWideNumber(byte id)
    {
        Reserve(id, sizeof(ushort)).Clear();
        TransportWideNumberOffset = _position - sizeof(ushort);
    }

    /// <summary>Pads and closes the extension block; returns the length of the header. Nothing can be added afterwards.</summary>
    public int Finish()
    {
        if (_extensionCount == 0)
        {
            return _position;
        }

        while ((_position & 3) != 0)
        {
            _destination[_position++] = 0;
        }

        _destination[0] |= 0x10;
        var profile = _isTwoByteForm ? RtpHeaderExtensionEnumerator.TwoByteProfile : RtpHeaderExtensionEnumerator.OneByteProfile;
        BinaryPrimitives.WriteUInt16BigEndian(_destination[RtpPacket.FixedHeaderLength..], profile);
        BinaryPrimitives.WriteUInt16BigEndian(_destination[(RtpPacket.FixedHeaderLength + 2)..], (ushort)((_position - ExtensionStart) / 4));
        return _position;
    }

    private Span<byte> Reserve(byte id, int length)
    {
        ArgumentOutOfRangeException.ThrowIfZero(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, byte.MaxValue);
        if (_extensionCount == 0)
        {
            _position = ExtensionStart;
        }

        var fitsOneByteForm = id <= LargestOneByteId && length is > 0 and <= LargestOneByteLength;
        if (!fitsOneByteForm && !_isTwoByteForm)
        {
            WidenToTwoByteForm();
        }

        if (_isTwoByteForm)
        {
            _destination[_position++] = id;
            _destination[_position++] = (byte)length;
        }
        else
        {
            _destination[_position++] = (byte)((id << 4) | (length - 1));
        }

        var value = _destination.Slice(_position, length);
        _position += length;
        _extensionCount++;
        return value;
    }

    // Each element grows by one byte: every byte behind the first element header moves up, one element after the other.
    private void WidenToTwoByteForm()
    {
        _isTwoByteForm = true;
        var at = ExtensionStart;
        for (var i = 0; i < _extensionCount; i++)
        {
            var header = _destination[at];
            var valueLength = (header & 0x0f) + 1;
            _destination[(at + 1).._position].CopyTo(_destination[(at + 2)..]);
            _position++;
            AbsSendTimeOffset += AbsSendTimeOffset > at ? 1 : 0;
            TransportWideNumberOffset += TransportWideNumberOffset > at ? 1 : 0;
            _destination[at] = (byte)(header >> 4);
            _destination[at + 1] = (byte)valueLength;
            at += 2 + valueLength;
        }
    }
}
