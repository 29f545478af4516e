using System.Buffers.Binary;

namespace Bisque.Channel;

/// <summary>
/// Cuts a stream of bytes into frames: four bytes of length, little-endian, then so many bytes of message. The stream may be split
/// anywhere. Does no I/O.
/// </summary>
public sealed class FrameReader
{
    /// <summary>Bytes of the length in front of each message.</summary>
    public const int PrefixLength = 4;

    /// <summary>The longest message without its prefix: 8 MiB for both, the size of the buffer that mediasoup reads into.</summary>
    public const int MaxMessageLength = (8 * 1024 * 1024) - PrefixLength;

    /// <summary>What the buffer goes back to after a long message. Nearly all messages of a controller are shorter.</summary>
    public const int RestingCapacity = 64 * 1024;

    private readonly byte[] _prefix = new byte[PrefixLength];
    private byte[] _buffer = new byte[1024];
    private int _prefixFilled;
    private int _messageLength;
    private int _messageFilled;
    private bool _failed;

    /// <summary>Bytes that the buffer takes.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>
    /// Takes bytes off <paramref name="input"/> until a frame is complete or all are taken.
    /// <paramref name="message"/> stands in the reader's own buffer and is valid until the next call.
    /// </summary>
    public FrameStatus Read(ref ReadOnlySpan<byte> input, out ArraySegment<byte> message)
    {
        message = default;
        if (_failed)
        {
            return FrameStatus.Impossible;
        }

        if (!ReadPrefix(ref input))
        {
            return _failed ? FrameStatus.Impossible : FrameStatus.NeedMore;
        }

        var part = Math.Min(input.Length, _messageLength - _messageFilled);
        Reserve(_messageFilled + part);
        input[..part].CopyTo(_buffer.AsSpan(_messageFilled));
        input = input[part..];
        _messageFilled += part;
        if (_messageFilled < _messageLength)
        {
            return FrameStatus.NeedMore;
        }

        message = new ArraySegment<byte>(_buffer, 0, _messageLength);
        _prefixFilled = 0;
        return FrameStatus.Complete;
    }

    private bool ReadPrefix(ref ReadOnlySpan<byte> input)
    {
        if (_prefixFilled == PrefixLength)
        {
            return true;
        }

        var part = Math.Min(input.Length, PrefixLength - _prefixFilled);
        input[..part].CopyTo(_prefix.AsSpan(_prefixFilled));
        input = input[part..];
        _prefixFilled += part;
        if (_prefixFilled < PrefixLength)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(_prefix);
        _failed = length > MaxMessageLength;
        _messageLength = (int)length;
        _messageFilled = 0;
        return !_failed;
    }

    /// <summary>Grows with the bytes that really came, not with the length that was announced; shrinks when a short message follows.</summary>
    private void Reserve(int needed)
    {
        if (needed > _buffer.Length)
        {
            var grown = (int)Math.Min(_messageLength, Math.Max(needed, 2L * _buffer.Length));
            Array.Resize(ref _buffer, grown);
        }
        else if (_buffer.Length > RestingCapacity && _messageLength <= RestingCapacity)
        {
            Array.Resize(ref _buffer, RestingCapacity);
        }
    }
}
