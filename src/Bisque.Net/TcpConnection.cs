using System.Buffers.Binary;
using Bisque.Net.Backends;
using Bisque.Net.Buffers;
using Bisque.Primitives;

namespace Bisque.Net;

/// <summary>
/// An accepted TCP connection. Bytes come in as they arrive. What goes out is whole frames: a frame that the queue has no room
/// for is dropped, one of which a part has left never is.
/// </summary>
public sealed class TcpConnection : IDescriptorEvents
{
    /// <summary>Bytes of the length before each packet (RFC 4571 section 2).</summary>
    public const int LengthPrefix = sizeof(ushort);

    private readonly EventLoop _loop;
    private readonly IStreamDescriptor _descriptor;
    private readonly ByteQueue _queue = new();
    private readonly int _queueLimit;
    private bool _isBroken;

    internal TcpConnection(EventLoop loop, IAcceptedConnection accepted, int queueLimit)
    {
        _loop = loop;
        _queueLimit = queueLimit;
        Local = accepted.Local;
        Remote = accepted.Remote;
        _descriptor = accepted.Open(this);
    }

    /// <summary>Our end.</summary>
    public TransportAddress Local { get; }

    /// <summary>The peer's end.</summary>
    public TransportAddress Remote { get; }

    /// <summary>Whether the connection is over, by either side.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Bytes that wait for the peer.</summary>
    public int QueuedBytes => _queue.Count;

    /// <summary>Frames dropped because the queue was full.</summary>
    public long FramesDropped { get; private set; }

    /// <summary>Bytes read.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Bytes that the kernel took.</summary>
    public long BytesSent { get; private set; }

    internal ITcpConnectionHandler? Handler { get; set; }

    /// <summary>
    /// Sends one frame, given as two parts (the length prefix of RFC 4571 and what it counts) to save a copy. False when the frame was dropped: the
    /// queue is full or the connection closed.
    /// </summary>
    public bool Write(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        if (IsClosed || _isBroken)
        {
            return false;
        }

        if (_queue.Count > 0)
        {
            return Enqueue(head, body);
        }

        var result = _descriptor.Write(head, body);
        if (result.Error is { } error)
        {
            EndLater(error);
            return false;
        }

        var written = Math.Max(result.Bytes, 0);
        BytesSent += written;
        if (written == head.Length + body.Length)
        {
            return true;
        }

        _descriptor.Watch(reading: true, writing: true);
        _queue.Append(head[Math.Min(written, head.Length)..]);
        _queue.Append(body[Math.Max(written - head.Length, 0)..]);
        return true;
    }

    /// <summary>Sends one frame. False when it was dropped.</summary>
    public bool Write(ReadOnlySpan<byte> frame) => Write(frame, []);

    /// <summary>Sends one packet as a frame of RFC 4571: its length, big-endian, then its bytes. False when it was dropped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The packet is larger than 65,535 bytes.</exception>
    public bool WritePacket(ReadOnlySpan<byte> packet)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(packet.Length, ushort.MaxValue, nameof(packet));
        Span<byte> prefix = stackalloc byte[LengthPrefix];
        BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)packet.Length);
        return Write(prefix, packet);
    }

    /// <summary>Closes at once. What waits is lost; the handler is not called any more.</summary>
    public void Close()
    {
        if (!IsClosed)
        {
            IsClosed = true;
            _queue.Clear();
            _descriptor.Dispose();
        }
    }

    void IDescriptorEvents.OnReadable()
    {
        var buffer = _loop.StreamBuffer;
        var result = _descriptor.Read(buffer);
        if (result.IsWouldBlock)
        {
            return;
        }

        if (result.Error is not null || result.Bytes == 0)
        {
            End(result.Error);
            return;
        }

        BytesReceived += result.Bytes;
        Handler?.OnData(this, buffer.AsSpan(0, result.Bytes));
    }

    void IDescriptorEvents.OnWritable()
    {
        while (_queue.Count > 0)
        {
            var result = _descriptor.Write(_queue.Bytes, []);
            if (result.Error is { } error)
            {
                End(error);
                return;
            }

            if (result.IsWouldBlock)
            {
                return;
            }

            BytesSent += result.Bytes;
            _queue.Remove(result.Bytes);
        }

        _descriptor.Watch(reading: true, writing: false);
    }

    /// <summary>Sends entries <paramref name="first"/> to <paramref name="end"/> (excluded), each as a frame, in as few writes as they take.</summary>
    internal void SendRange(SendBatch batch, int first, int end)
    {
        if (end - first == 1)
        {
            WritePacket(batch.Bytes(batch.Entries[first]));
            return;
        }

        var buffer = _loop.FrameBuffer;
        while (first < end)
        {
            var length = 0;
            while (first < end && length + LengthPrefix + batch.Entries[first].Length <= buffer.Length)
            {
                var packet = batch.Bytes(batch.Entries[first++]);
                BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(length), (ushort)packet.Length);
                packet.CopyTo(buffer.AsSpan(length + LengthPrefix));
                length += LengthPrefix + packet.Length;
            }

            WriteFrames(buffer.AsSpan(0, length));
        }
    }

    private void WriteFrames(ReadOnlySpan<byte> frames)
    {
        if (IsClosed || _isBroken)
        {
            return;
        }

        var written = 0;
        if (_queue.Count == 0)
        {
            var result = _descriptor.Write(frames, []);
            if (result.Error is { } error)
            {
                EndLater(error);
                return;
            }

            written = Math.Max(result.Bytes, 0);
            BytesSent += written;
            if (written == frames.Length)
            {
                return;
            }

            _descriptor.Watch(reading: true, writing: true);
        }

        for (var start = 0; start < frames.Length;)
        {
            var length = LengthPrefix + BinaryPrimitives.ReadUInt16BigEndian(frames[start..]);
            var sent = Math.Clamp(written - start, 0, length);
            var frame = frames.Slice(start, length);
            start += length;
            if (sent > 0)
            {
                // Begun, so the rest must follow whatever the limit says.
                _queue.Append(frame[sent..]);
            }
            else
            {
                Enqueue(frame, []);
            }
        }
    }

    private bool Enqueue(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        if (_queue.Count + head.Length + body.Length > _queueLimit)
        {
            FramesDropped++;
            return false;
        }

        _queue.Append(head);
        _queue.Append(body);
        return true;
    }

    // Told from the loop, never from inside the caller's own write; apart from it, so that a write makes no closure.
    private void EndLater(NetError error)
    {
        _isBroken = true;
        _loop.Post(() => End(error));
    }

    private void End(NetError? error)
    {
        if (!IsClosed)
        {
            Close();
            Handler?.OnClosed(this, error);
        }
    }
}
