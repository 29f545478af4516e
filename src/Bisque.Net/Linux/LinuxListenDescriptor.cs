using Bisque.Net.Backends;
using Bisque.Primitives;

namespace Bisque.Net.Linux;

/// <summary>A listening TCP socket.</summary>
internal sealed unsafe class LinuxListenDescriptor : EpollDescriptor, IListenDescriptor
{
    private LinuxListenDescriptor(EpollBackend backend, int descriptor, TransportAddress local, IDescriptorEvents events)
        : base(backend, descriptor, events) => Local = local;

    public TransportAddress Local { get; }

    public static LinuxListenDescriptor Open(EpollBackend backend, TransportAddress local, TcpServerOptions options, IDescriptorEvents events)
    {
        var descriptor = LinuxSocket.Create(local, LinuxConstants.SockStream, options.IPv6Only);
        try
        {
            // For TCP this only lets connections of a former server linger; a second listener is still refused.
            LinuxSocket.Set(descriptor, LinuxConstants.SolSocket, LinuxConstants.SoReuseAddress, 1);
            LinuxSocket.SetBufferSizes(descriptor, options.SendBufferSize, options.ReceiveBufferSize);
            LinuxSocket.Bind(descriptor, local);
            if (Libc.Listen(descriptor, options.Backlog) < 0)
            {
                throw Errno.Failure(Errno.Last, $"Listening on {local}");
            }

            return new LinuxListenDescriptor(backend, descriptor, LinuxSocket.LocalAddress(descriptor), events);
        }
        catch
        {
            _ = Libc.Close(descriptor);
            throw;
        }
    }

    public IAcceptedConnection? Accept(out NetError? error)
    {
        error = null;
        var address = stackalloc byte[SocketAddressCodec.Size];
        uint length = SocketAddressCodec.Size;
        var descriptor = Libc.Accept(Descriptor, address, &length, LinuxConstants.SockNonBlocking | LinuxConstants.SockCloseOnExec);
        if (descriptor < 0)
        {
            var errno = Errno.Last;
            error = errno is Errno.Again or Errno.Interrupted or Errno.ConnectionAborted ? null : Errno.Kind(errno);
            return null;
        }

        if (!SocketAddressCodec.TryRead(new ReadOnlySpan<byte>(address, (int)length), out var remote))
        {
            _ = Libc.Close(descriptor);
            error = NetError.Other;
            return null;
        }

        LinuxSocket.Set(descriptor, LinuxConstants.SolTcp, LinuxConstants.TcpNoDelay, 1);
        return new Accepted(Backend, descriptor, LinuxSocket.LocalAddress(descriptor), remote);
    }

    private sealed class Accepted(EpollBackend backend, int descriptor, TransportAddress local, TransportAddress remote) : IAcceptedConnection
    {
        public TransportAddress Local => local;

        public TransportAddress Remote => remote;

        public IStreamDescriptor Open(IDescriptorEvents events)
        {
            try
            {
                return new LinuxStreamDescriptor(backend, descriptor, events);
            }
            catch
            {
                _ = Libc.Close(descriptor);
                throw;
            }
        }
    }
}
