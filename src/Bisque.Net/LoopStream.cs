using Bisque.Net.Backends;
using Bisque.Net.Buffers;

namespace Bisque.Net;

/// <summary>
/// An existing connected descriptor (one end of a socket pair or of a pipe) served by an <see cref="EventLoop"/>, which owns it
/// from then on. What is written during a turn leaves in one system call at the turn's end.
/// </summary>
public sealed class LoopStream : IDisposable, IDescriptorEvents
{
    private readonly EventLoop _loop;
    private readonly IStreamHandler _handler;
    private readonly IStreamDescriptor _descriptor;
    private readonly ByteQueue _queue = new();
    private bool _isBlocked;
    private bool _isDirty;
    private bool _hasEnded;
    private bool _isClosed;

    internal LoopStream(EventLoop loop, ILoopBackend backend, int descriptor, IStreamHandler handler)
    {
        _loop = loop;
        _handler = handler;
        _descriptor = backend.OpenStream(descriptor, this);
    }

    /// <summary>Bytes written but not yet taken by the kernel. The writer bounds it: nothing is dropped here.</summary>
    public int QueuedBytes => _queue.Count;

    /// <summary>Sends <paramref name="bytes"/> after all written before. Ignored once the stream has ended.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_isClosed || _hasEnded || bytes.IsEmpty)
        {
            return;
        }

        _queue.Append(bytes);
        if (!_isDirty && !_isBlocked)
        {
            _isDirty = true;
            _loop.FlushAtEndOfTurn(this);
        }
    }

    /// <summary>
    /// Writes all that waits, blocking up to <paramref name="limit"/>; for a process about to exit. True when all is written.
    /// </summary>
    public bool FlushBlocking(TimeSpan limit)
    {
        var deadline = EventLoop.ReadClock() + limit;
        while (!_isClosed && !_hasEnded && _queue.Count > 0)
        {
            var result = _descriptor.Write(_queue.Bytes, []);
            if (result.Error is not null)
            {
                _queue.Clear();
                _hasEnded = true;
                return false;
            }

            if (!result.IsWouldBlock)
            {
                _queue.Remove(result.Bytes);
                continue;
            }

            var left = deadline - EventLoop.ReadClock();
            if (left <= TimeSpan.Zero || !_descriptor.WaitUntilWritable(left))
            {
                return false;
            }
        }

        return _queue.Count == 0 && !_hasEnded;
    }

    /// <summary>Tells the other end that nothing more comes; what waits in the queue is lost, so flush first.</summary>
    public void ShutdownWrite()
    {
        if (!_isClosed && !_hasEnded)
        {
            _descriptor.ShutdownWrite();
        }
    }

    /// <summary>Closes the descriptor. The handler is not called any more.</summary>
    public void Dispose()
    {
        if (!_isClosed)
        {
            _isClosed = true;
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

        _handler.OnData(buffer.AsSpan(0, result.Bytes));
    }

    void IDescriptorEvents.OnWritable() => Flush();

    /// <summary>Writes what the kernel takes, and watches for room for the rest.</summary>
    internal void Flush()
    {
        _isDirty = false;
        while (!_isClosed && !_hasEnded && _queue.Count > 0)
        {
            var result = _descriptor.Write(_queue.Bytes, []);
            if (result.Error is { } error)
            {
                End(error);
                return;
            }

            if (result.IsWouldBlock)
            {
                Block(true);
                return;
            }

            _queue.Remove(result.Bytes);
        }

        Block(false);
    }

    private void Block(bool isBlocked)
    {
        if (_isBlocked != isBlocked && !_isClosed && !_hasEnded)
        {
            _isBlocked = isBlocked;
            _descriptor.Watch(reading: true, writing: isBlocked);
        }
    }

    private void End(NetError? error)
    {
        if (_hasEnded || _isClosed)
        {
            return;
        }

        _hasEnded = true;
        _queue.Clear();
        _descriptor.Watch(reading: false, writing: false);
        _handler.OnEnd(error);
    }
}
