namespace Bisque.Net;

/// <summary>A port taken from a <see cref="PortAllocator"/>; disposing gives it back.</summary>
public sealed class PortLease : IDisposable
{
    private readonly PortAllocator _allocator;
    private readonly PortRange _range;
    private int _isReturned;

    internal PortLease(PortAllocator allocator, PortRange range, ushort port)
    {
        _allocator = allocator;
        _range = range;
        Port = port;
    }

    /// <summary>The port.</summary>
    public ushort Port { get; }

    /// <summary>Gives the port back; once is enough.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReturned, 1) == 0)
        {
            _allocator.Return(_range, Port);
        }
    }
}
