using Bisque.Net;
using Bisque.Net.Backends;
using Bisque.Primitives;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>A listening socket of a <see cref="VirtualNetwork"/>.</summary>
internal sealed class VirtualListenDescriptor(VirtualNetwork network, TransportAddress local, IDescriptorEvents events)
    : IListenDescriptor, IVirtualSource
{
    private readonly Queue<VirtualStream> _waiting = new();

    public TransportAddress Local => local;

    public bool IsClosed { get; private set; }

    public bool IsReady => _waiting.Count > 0;

    public void Add(VirtualStream stream) => _waiting.Enqueue(stream);

    public void Dispatch() => events.OnReadable();

    public IAcceptedConnection? Accept(out NetError? error)
    {
        error = null;
        return _waiting.TryDequeue(out var stream) ? stream : null;
    }

    public void Watch(bool reading, bool writing)
    {
    }

    public void Dispose()
    {
        IsClosed = true;
        network.Close(this);
    }
}
