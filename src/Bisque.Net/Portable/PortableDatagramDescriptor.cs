using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Bisque.Net.Backends;
using Bisque.Net.Buffers;
using Bisque.Primitives;

namespace Bisque.Net.Portable;

/// <summary>A UDP socket of the framework, one datagram per call.</summary>
internal sealed class PortableDatagramDescriptor : PortableDescriptor, IDatagramDescriptor
{
    // sockaddr_in and sockaddr_in6: the same places on every platform.
    private const int PortOffset = 2;
    private const int IPv4Offset = 4;
    private const int IPv6Offset = 8;

    // SIO_UDP_CONNRESET: Windows otherwise reports an unreachable peer as a failure of the socket's next read.
    private const int WindowsConnectionReset = -1744830452;

    private readonly AddressFamily _family;
    private readonly SocketAddress _source;
    private readonly SocketAddress _destination;

    public PortableDatagramDescriptor(PortableBackend backend, in TransportAddress local, UdpSocketOptions options, IDescriptorEvents events)
        : base(backend, Bind(local, options), events)
    {
        _family = Socket.AddressFamily;
        _source = new SocketAddress(_family);
        _destination = new SocketAddress(_family);
        Local = PortableBackend.Address(Socket.LocalEndPoint);
    }

    public TransportAddress Local { get; }

    public void Receive(ReceiveArena arena, ref UdpSocketCounters counters)
    {
        for (var i = 0; i < ReceiveArena.Size && (i == 0 || Socket.Poll(0, SelectMode.SelectRead)); i++)
        {
            int length;
            try
            {
                length = Socket.ReceiveFrom(Backend.Scratch, SocketFlags.None, _source);
            }
            catch (SocketException failure)
            {
                counters.ReceiveErrors += failure.SocketErrorCode == SocketError.WouldBlock ? 0 : 1;
                return;
            }

            if (length > PacketBuffer.Capacity)
            {
                counters.OversizeDropped++;
                continue;
            }

            var buffer = arena[i];
            Backend.Scratch.AsSpan(0, length).CopyTo(buffer.Array.AsSpan(buffer.Offset));
            arena.Add(i, length, Source(), Backend.Loop.Now);
        }
    }

    public SendOutcome Send(ReadOnlySpan<byte> datagram, in TransportAddress remote)
    {
        if (!TrySetDestination(remote))
        {
            return SendOutcome.Failed;
        }

        try
        {
            Socket.SendTo(datagram, SocketFlags.None, _destination);
            return SendOutcome.Sent;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode == SocketError.WouldBlock ? SendOutcome.WouldBlock : SendOutcome.Failed;
        }
    }

    public int SendRange(SendBatch batch, int first, int end, ref UdpSocketCounters counters)
    {
        for (; first < end; first++)
        {
            ref readonly var entry = ref batch.Entries[first];
            switch (Send(batch.Bytes(entry), entry.Remote))
            {
                case SendOutcome.WouldBlock:
                    return first;
                case SendOutcome.Sent:
                    counters.DatagramsSent++;
                    counters.BytesSent += entry.Length;
                    break;
                default:
                    counters.SendErrors++;
                    break;
            }
        }

        return end;
    }

    private static Socket Bind(in TransportAddress local, UdpSocketOptions options) =>
        PortableBackend.Bind(local, SocketType.Dgram, options.IPv6Only, socket =>
        {
            if (options.ReusePort)
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }

            if (OperatingSystem.IsWindows())
            {
                socket.IOControl(WindowsConnectionReset, [0, 0, 0, 0], null);
            }

            PortableBackend.SetBufferSizes(socket, options.SendBufferSize, options.ReceiveBufferSize);
        });

    private TransportAddress Source()
    {
        var bytes = _source.Buffer.Span;
        var port = BinaryPrimitives.ReadUInt16BigEndian(bytes[PortOffset..]);
        var address = _family == AddressFamily.InterNetwork ? bytes.Slice(IPv4Offset, 4) : bytes.Slice(IPv6Offset, 16);
        return new TransportAddress(IpAddress.FromBytes(address), port);
    }

    private bool TrySetDestination(in TransportAddress remote)
    {
        var bytes = _destination.Buffer.Span;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[PortOffset..], remote.Port);
        if (_family == AddressFamily.InterNetwork)
        {
            if (!remote.Address.IsIPv4)
            {
                return false;
            }

            remote.Address.WriteTo(bytes[IPv4Offset..]);
            return true;
        }

        var address = bytes.Slice(IPv6Offset, 16);
        if (remote.Address.IsIPv4)
        {
            address.Clear();
            address[10..12].Fill(0xff);
            remote.Address.WriteTo(address[12..]);
        }
        else
        {
            remote.Address.WriteTo(address);
        }

        return true;
    }
}
