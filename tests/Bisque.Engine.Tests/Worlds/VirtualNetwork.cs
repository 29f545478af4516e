using Bisque.Net;
using Bisque.Net.Backends;
using Bisque.Primitives;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>
/// A loop's network in memory, with its clock: when nothing waits to be read, time jumps to the loop's next timer. Datagrams reach
/// <see cref="VirtualPeer"/>s by address, bytes of a connection its <see cref="VirtualStream"/>.
/// </summary>
internal sealed class VirtualNetwork : ILoopBackend
{
    private readonly Dictionary<TransportAddress, VirtualDatagramDescriptor> _sockets = [];
    private readonly Dictionary<TransportAddress, VirtualPeer> _peersByAddress = [];
    private readonly List<VirtualPeer> _peers = [];
    private readonly Dictionary<TransportAddress, VirtualListenDescriptor> _listeners = [];
    private readonly List<IVirtualSource> _sources = [];
    private readonly List<IVirtualSource> _ready = [];

    /// <summary>The time, of everybody.</summary>
    public MonotonicTime Now { get; private set; } = MonotonicTime.FromMilliseconds(1_000_000);

    /// <summary>Datagrams that one read of a socket gives.</summary>
    public int BatchSize { get; set; } = 64;

    /// <summary>Bound sockets.</summary>
    public int SocketCount => _sockets.Count;

    /// <summary>Listening sockets.</summary>
    public int ListenerCount => _listeners.Count;

    /// <summary>Connections that the worker has not closed.</summary>
    public int StreamCount { get; private set; }

    /// <summary>How often the worker handed over a run of datagrams of one socket.</summary>
    public int SendCalls { get; set; }

    /// <summary>Addresses that cannot be bound, and why.</summary>
    public Dictionary<TransportAddress, NetError> BindErrors { get; } = [];

    public IReadOnlyList<VirtualPeer> Peers => _peers;

    /// <summary>Whether anything waits for the worker.</summary>
    public bool HasReadable
    {
        get
        {
            foreach (var source in _sources)
            {
                if (source.IsReady)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public void Attach(VirtualPeer peer, TransportAddress address)
    {
        _peersByAddress[address] = peer;
        if (!_peers.Contains(peer))
        {
            _peers.Add(peer);
        }
    }

    /// <summary>Takes every peer off the network.</summary>
    public void ForgetPeers()
    {
        _peers.Clear();
        _peersByAddress.Clear();
    }

    /// <summary>Puts a datagram into the worker's socket; without one it is lost.</summary>
    public void Deliver(byte[] datagram, TransportAddress from, TransportAddress to)
    {
        if (_sockets.TryGetValue(to, out var socket))
        {
            socket.Add(datagram, from);
        }
    }

    public void SendFromWorker(ReadOnlySpan<byte> datagram, TransportAddress from, TransportAddress to)
    {
        if (_peersByAddress.TryGetValue(to, out var peer))
        {
            peer.OnDatagramSent(datagram, from, to);
        }
    }

    public int Wait(TimeSpan limit)
    {
        _ready.Clear();
        foreach (var source in _sources)
        {
            if (source.IsReady)
            {
                _ready.Add(source);
            }
        }

        if (_ready.Count == 0 && limit > TimeSpan.Zero)
        {
            Now += limit;
        }

        return _ready.Count;
    }

    public void Dispatch(int index)
    {
        if (!_ready[index].IsClosed)
        {
            _ready[index].Dispatch();
        }
    }

    public void Wake()
    {
    }

    public IDatagramDescriptor OpenUdp(TransportAddress local, UdpSocketOptions options, IDescriptorEvents events)
    {
        if (BindErrors.TryGetValue(local, out var error))
        {
            throw new NetException(error, $"Binding {local}");
        }

        if (_sockets.ContainsKey(local))
        {
            throw new NetException(NetError.AddressInUse, $"Binding {local}");
        }

        var socket = new VirtualDatagramDescriptor(this, local, events);
        _sockets.Add(local, socket);
        _sources.Add(socket);
        return socket;
    }

    public IListenDescriptor OpenTcp(TransportAddress local, TcpServerOptions options, IDescriptorEvents events)
    {
        if (_listeners.ContainsKey(local) || BindErrors.ContainsKey(local))
        {
            throw new NetException(NetError.AddressInUse, $"Binding {local}");
        }

        var listener = new VirtualListenDescriptor(this, local, events);
        _listeners.Add(local, listener);
        _sources.Add(listener);
        return listener;
    }

    /// <summary>A peer opens a connection.</summary>
    public VirtualStream Connect(TransportAddress from, TransportAddress to)
    {
        var stream = new VirtualStream(this, to, from);
        _listeners[to].Add(stream);
        return stream;
    }

    public void Open(VirtualStream stream)
    {
        StreamCount++;
        _sources.Add(stream);
    }

    public void Close(VirtualStream stream)
    {
        StreamCount--;
        _sources.Remove(stream);
    }

    public void Close(VirtualListenDescriptor listener)
    {
        _listeners.Remove(listener.Local);
        _sources.Remove(listener);
    }

    public IStreamDescriptor OpenStream(int descriptor, IDescriptorEvents events) =>
        throw new NetException(NetError.Other, "The virtual network has no streams.");

    public void Dispose()
    {
    }

    public void Close(VirtualDatagramDescriptor socket)
    {
        _sockets.Remove(socket.Local);
        _sources.Remove(socket);
    }
}
