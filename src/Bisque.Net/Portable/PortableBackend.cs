using System.Net;
using System.Net.Sockets;
using Bisque.Net.Backends;
using Bisque.Primitives;

namespace Bisque.Net.Portable;

/// <summary>A loop over <see cref="Socket.Select(System.Collections.IList, System.Collections.IList, System.Collections.IList, TimeSpan)"/>, woken by a datagram to itself.</summary>
internal sealed class PortableBackend : ILoopBackend
{
    private const int ScratchSize = 64 * 1024;

    private readonly Dictionary<Socket, PortableDescriptor> _descriptors = [];
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];
    private readonly Socket _wakeUp;

    public PortableBackend(EventLoop loop)
    {
        Loop = loop;
        try
        {
            _wakeUp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            _wakeUp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _wakeUp.Connect(_wakeUp.LocalEndPoint!);
            _wakeUp.Blocking = false;
        }
        catch (SocketException failure)
        {
            throw PortableErrors.Failure(failure, "Making the loop's wake-up socket");
        }
    }

    public EventLoop Loop { get; }

    /// <summary>Holds any datagram, so that oversize ones show, and joins the parts of a frame.</summary>
    public byte[] Scratch { get; } = GC.AllocateUninitializedArray<byte>(ScratchSize, pinned: true);

    public int Wait(TimeSpan limit)
    {
        _readable.Clear();
        _writable.Clear();
        _readable.Add(_wakeUp);
        foreach (var (socket, descriptor) in _descriptors)
        {
            if (descriptor.WantsRead)
            {
                _readable.Add(socket);
            }

            if (descriptor.WantsWrite)
            {
                _writable.Add(socket);
            }
        }

        Socket.Select(_readable, _writable, null, limit < TimeSpan.Zero ? Timeout.InfiniteTimeSpan : limit);
        return _readable.Count + _writable.Count;
    }

    public void Dispatch(int index)
    {
        if (index >= _readable.Count)
        {
            if (_descriptors.TryGetValue(_writable[index - _readable.Count], out var writable))
            {
                writable.OnWritable();
            }
        }
        else if (_readable[index] == _wakeUp)
        {
            while (_wakeUp.Poll(0, SelectMode.SelectRead))
            {
                _wakeUp.Receive(Scratch, SocketFlags.None, out _);
            }
        }
        else if (_descriptors.TryGetValue(_readable[index], out var readable))
        {
            readable.OnReadable();
        }
    }

    // A full buffer means that enough wake-ups wait already.
    public void Wake() => _wakeUp.Send([0], SocketFlags.None, out _);

    public IDatagramDescriptor OpenUdp(TransportAddress local, UdpSocketOptions options, IDescriptorEvents events) =>
        new PortableDatagramDescriptor(this, local, options, events);

    public IListenDescriptor OpenTcp(TransportAddress local, TcpServerOptions options, IDescriptorEvents events) =>
        new PortableListenDescriptor(this, local, options, events);

    public IStreamDescriptor OpenStream(int descriptor, IDescriptorEvents events)
    {
        try
        {
            var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
            return new PortableStreamDescriptor(this, socket, events);
        }
        catch (SocketException failure)
        {
            throw PortableErrors.Failure(failure, $"Using descriptor {descriptor}");
        }
    }

    public void Dispose() => _wakeUp.Dispose();

    public void Add(PortableDescriptor descriptor) => _descriptors.Add(descriptor.Socket, descriptor);

    public void Remove(PortableDescriptor descriptor) => _descriptors.Remove(descriptor.Socket);

    /// <summary>A bound socket, not yet watched.</summary>
    public static Socket Bind(in TransportAddress local, SocketType type, bool ipv6Only, Action<Socket> beforeBinding)
    {
        Socket? socket = null;
        try
        {
            var protocol = type == SocketType.Dgram ? ProtocolType.Udp : ProtocolType.Tcp;
            socket = new Socket(local.Address.IsIPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6, type, protocol);
            if (!local.Address.IsIPv4)
            {
                socket.DualMode = !ipv6Only;
            }

            beforeBinding(socket);
            socket.Bind(local.ToIPEndPoint());
            return socket;
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            throw PortableErrors.Failure(failure, $"Binding {local}");
        }
    }

    public static void SetBufferSizes(Socket socket, int send, int receive)
    {
        if (send > 0)
        {
            socket.SendBufferSize = send;
        }

        if (receive > 0)
        {
            socket.ReceiveBufferSize = receive;
        }
    }

    public static TransportAddress Address(EndPoint? endPoint) =>
        endPoint is IPEndPoint ip ? new TransportAddress(IpAddress.From(ip.Address), (ushort)ip.Port) : default;
}
