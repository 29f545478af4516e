using System.Buffers.Binary;

namespace Bisque.Ice;

/// <summary>
/// Takes packets out of a byte stream (RFC 4571 section 2: a 16-bit length before each). The stream's owner has bytes received into
/// <see cref="Free"/>, tells how many by <see cref="Advance"/>, then takes packets until there is no more.
/// </summary>
public sealed class TcpFrameReader
{
    /// <summary>Bytes of the length before each packet.</summary>
    public const int LengthPrefix = 2;

    /// <summary>Largest frame, its length included, that is waited for. Whoever sends a larger one is disconnected.</summary>
    public const int MaximumFrameLength = 65536;

    private const int InitialCapacity = 4096;

    /// <summary>Below that the buffer is tidied, so that streams are not read in crumbs.</summary>
    private const int ComfortableRoom = 2048;

    private byte[] _buffer = new byte[InitialCapacity];
    private int _start;
    private int _end;

    /// <summary>Whether the peer announced a frame that is too large; the connection is to be closed, nothing more comes out.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Bytes received that have not come out as packets.</summary>
    public int BufferedBytes => _end - _start;

    /// <summary>
    /// Where the next bytes of the stream go. Never empty once packets were taken until there was no more; reading it invalidates
    /// those packets.
    /// </summary>
    public Span<byte> Free
    {
        get
        {
            MakeRoom();
            return _buffer.AsSpan(_end);
        }
    }

    /// <summary>The first <paramref name="count"/> bytes of <see cref="Free"/> were filled.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _end);
        _end += count;
    }

    /// <summary>
    /// The next packet, valid until <see cref="Free"/> is read. False when it is not complete yet, or the stream is broken. Frames
    /// without content are skipped.
    /// </summary>
    public bool TryTake(out ReadOnlySpan<byte> packet)
    {
        packet = default;
        while (!IsBroken && BufferedBytes >= LengthPrefix)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start));
            if (LengthPrefix + length > MaximumFrameLength)
            {
                IsBroken = true;
                return false;
            }

            if (BufferedBytes < LengthPrefix + length)
            {
                return false;
            }

            packet = _buffer.AsSpan(_start + LengthPrefix, length);
            _start += LengthPrefix + length;
            if (_start == _end)
            {
                // The packet stays where it is until Free is written to.
                _start = _end = 0;
            }

            if (length > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Moves what is buffered to the front when room gets short, and grows when that is not enough, up to the largest frame.</summary>
    private void MakeRoom()
    {
        if (_buffer.Length - _end >= ComfortableRoom)
        {
            return;
        }

        var buffered = BufferedBytes;
        var target = _buffer;
        if (_buffer.Length - buffered < ComfortableRoom && _buffer.Length < MaximumFrameLength)
        {
            target = new byte[Math.Min(_buffer.Length * 2, MaximumFrameLength)];
        }

        Array.Copy(_buffer, _start, target, 0, buffered);
        _buffer = target;
        _start = 0;
        _end = buffered;
    }
}
