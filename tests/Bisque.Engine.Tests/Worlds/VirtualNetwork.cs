using Bisque.Net;
using Bisque.Net.Backends;
using Bisque.Primitives;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>
/// A loop's network in memory, with its clock: when nothing waits to be read, time jumps to the loop's next timer. Datagrams reach
/// <see cref="VirtualPeer"/>s by address.
/// </summary>
internal sealed class VirtualNetwork : ILoopBackend
{
    private readonly Dictionary<TransportAddress, VirtualDatagramDescriptor> _sockets = [];
    private readonly Dictionary<TransportAddress, VirtualPeer> _peersByAddress = [];
    private readonly List<VirtualPeer> _peers = [];
    private readonly List<VirtualDatagramDescriptor> _readable = [];

    /// <summary>The time, of everybody.</summary>
    public MonotonicTime Now { get; private set; } = MonotonicTime.FromMilliseconds(1_000_000);

    /// <summary>Datagrams that one read of a socket gives.</summary>
    public int BatchSize { get; set; } = 64;

    /// <summary>Bound sockets.</summary>
    public int SocketCount => _sockets.Count;

    /// <summary>Addresses that cannot be bound, and why.</summary>
    public Dictionary<TransportAddress, NetError> BindErrors { get; } = [];

    public IReadOnlyList<VirtualPeer> Peers => _peers;

    /// <summary>Whether a datagram waits in a socket.</summary>
    public bool HasReadable
    {
        get
        {
            foreach (var socket in _sockets.Values)
            {
                if (socket.IsReadable)
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
        _readable.Clear();
        foreach (var socket in _sockets.Values)
        {
            if (socket.IsReadable)
            {
                _readable.Add(socket);
            }
        }

        if (_readable.Count == 0 && limit > TimeSpan.Zero)
        {
            Now += limit;
        }

        return _readable.Count;
    }

    public void Dispatch(int index)
    {
        if (!_readable[index].IsClosed)
        {
            _readable[index].Events.OnReadable();
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
        return socket;
    }

    public IListenDescriptor OpenTcp(TransportAddress local, TcpServerOptions options, IDescriptorEvents events) =>
        throw new NetException(NetError.Other, "The virtual network has no TCP.");

    public IStreamDescriptor OpenStream(int descriptor, IDescriptorEvents events) =>
        throw new NetException(NetError.Other, "The virtual network has no streams.");

    public void Dispose()
    {
    }

    public void Close(TransportAddress local) => _sockets.Remove(local);
}
