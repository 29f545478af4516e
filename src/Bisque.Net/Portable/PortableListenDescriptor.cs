using System.Net.Sockets;
using Bisque.Net.Backends;
using Bisque.Primitives;

namespace Bisque.Net.Portable;

/// <summary>A listening TCP socket of the framework.</summary>
internal sealed class PortableListenDescriptor : PortableDescriptor, IListenDescriptor
{
    public PortableListenDescriptor(PortableBackend backend, in TransportAddress local, TcpServerOptions options, IDescriptorEvents events)
        : base(backend, Listen(local, options), events) => Local = PortableBackend.Address(Socket.LocalEndPoint);

    public TransportAddress Local { get; }

    public IAcceptedConnection? Accept(out NetError? error)
    {
        error = null;
        Socket? accepted = null;
        try
        {
            if (!Socket.Poll(0, SelectMode.SelectRead))
            {
                return null;
            }

            accepted = Socket.Accept();
            accepted.NoDelay = true;

            // A peer that has already left has no address any more: asking throws.
            return new Accepted(
                Backend, accepted, PortableBackend.Address(accepted.LocalEndPoint), PortableBackend.Address(accepted.RemoteEndPoint));
        }
        catch (SocketException failure)
        {
            accepted?.Dispose();
            error = failure.SocketErrorCode is SocketError.WouldBlock or SocketError.ConnectionAborted or SocketError.ConnectionReset
                or SocketError.NotConnected
                ? null
                : PortableErrors.Kind(failure.SocketErrorCode);
            return null;
        }
    }

    private static Socket Listen(in TransportAddress local, TcpServerOptions options)
    {
        var socket = PortableBackend.Bind(local, SocketType.Stream, options.IPv6Only, socket =>
            PortableBackend.SetBufferSizes(socket, options.SendBufferSize, options.ReceiveBufferSize));
        try
        {
            socket.Listen(options.Backlog);
            return socket;
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw PortableErrors.Failure(failure, $"Listening on {local}");
        }
    }

    private sealed class Accepted(PortableBackend backend, Socket socket, TransportAddress local, TransportAddress remote) : IAcceptedConnection
    {
        public TransportAddress Local => local;

        public TransportAddress Remote => remote;

        public IStreamDescriptor Open(IDescriptorEvents events) => new PortableStreamDescriptor(backend, socket, events);
    }
}
