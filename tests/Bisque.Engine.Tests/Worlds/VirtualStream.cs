using Bisque.Net.Backends;
using Bisque.Primitives;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>A connection of a <see cref="VirtualNetwork"/>: the worker's end, and what the peer does with its own.</summary>
internal sealed class VirtualStream(VirtualNetwork network, TransportAddress local, TransportAddress remote)
    : IAcceptedConnection, IStreamDescriptor, IVirtualSource
{
    private byte[] _arrived = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _hasEnded;
    private bool _watchesWriting;
    private IDescriptorEvents? _events;

    public delegate void BytesHandler(ReadOnlySpan<byte> bytes);

    /// <summary>Takes what the worker writes.</summary>
    public BytesHandler? Received { get; set; }

    /// <summary>Bytes that the worker may still write before its end is full.</summary>
    public long Room { get; set; } = long.MaxValue;

    public TransportAddress Local => local;

    public TransportAddress Remote => remote;

    /// <summary>Whether the worker closed it.</summary>
    public bool IsClosed { get; private set; }

    public bool IsReady => !IsClosed && _events is not null && (IsReadable || IsWritable);

    private bool IsReadable => _end > _start || _hasEnded;

    private bool IsWritable => _watchesWriting && Room > 0;

    /// <summary>The peer sends.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (IsClosed)
        {
            return;
        }

        if (_end + bytes.Length > _arrived.Length)
        {
            Array.Resize(ref _arrived, Math.Max(_arrived.Length * 2, _end + bytes.Length));
        }

        bytes.CopyTo(_arrived.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>The peer closes its end.</summary>
    public void End() => _hasEnded = true;

    public IStreamDescriptor Open(IDescriptorEvents events)
    {
        _events = events;
        network.Open(this);
        return this;
    }

    public void Dispatch()
    {
        if (IsWritable)
        {
            _events!.OnWritable();
        }

        if (!IsClosed && IsReadable)
        {
            _events!.OnReadable();
        }
    }

    public StreamResult Read(Span<byte> destination)
    {
        if (!IsReadable)
        {
            return StreamResult.WouldBlock;
        }

        var count = Math.Min(destination.Length, _end - _start);
        _arrived.AsSpan(_start, count).CopyTo(destination);
        _start += count;
        if (_start == _end)
        {
            _start = _end = 0;
        }

        return StreamResult.Done(count);
    }

    public StreamResult Write(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (Room == 0)
        {
            return StreamResult.WouldBlock;
        }

        var ofFirst = (int)Math.Min(first.Length, Room);
        var ofSecond = (int)Math.Min(second.Length, Room - ofFirst);
        Room -= ofFirst + ofSecond;
        Received?.Invoke(first[..ofFirst]);
        Received?.Invoke(second[..ofSecond]);
        return StreamResult.Done(ofFirst + ofSecond);
    }

    public void Watch(bool reading, bool writing) => _watchesWriting = writing;

    public bool WaitUntilWritable(TimeSpan limit) => Room > 0;

    public void ShutdownWrite()
    {
    }

    public void Dispose()
    {
        if (!IsClosed)
        {
            IsClosed = true;
            network.Close(this);
        }
    }
}
