using Bisque.Primitives;

namespace Bisque.Net.Linux;

/// <summary>Makes and binds sockets.</summary>
internal static unsafe class LinuxSocket
{
    public static ushort Family(in TransportAddress local) => local.Address.IsIPv4 ? LinuxConstants.AfInet : LinuxConstants.AfInet6;

    public static int Create(in TransportAddress local, int type, bool ipv6Only)
    {
        var family = Family(local);
        var descriptor = Libc.Socket(family, type | LinuxConstants.SockNonBlocking | LinuxConstants.SockCloseOnExec, 0);
        if (descriptor < 0)
        {
            throw Errno.Failure(Errno.Last, "socket");
        }

        // Set either way: the system's default is an administrator's choice.
        if (family == LinuxConstants.AfInet6)
        {
            Set(descriptor, LinuxConstants.SolIPv6, LinuxConstants.IPv6Only, ipv6Only ? 1 : 0);
        }

        return descriptor;
    }

    public static void Bind(int descriptor, in TransportAddress local)
    {
        var address = stackalloc byte[SocketAddressCodec.Size];
        var length = SocketAddressCodec.Write(local, Family(local), new Span<byte>(address, SocketAddressCodec.Size));
        if (Libc.Bind(descriptor, address, length) < 0)
        {
            throw Errno.Failure(Errno.Last, $"Binding {local}");
        }
    }

    public static TransportAddress LocalAddress(int descriptor)
    {
        var address = stackalloc byte[SocketAddressCodec.Size];
        uint length = SocketAddressCodec.Size;
        return Libc.GetSocketName(descriptor, address, &length) == 0
            && SocketAddressCodec.TryRead(new ReadOnlySpan<byte>(address, (int)length), out var local)
            ? local
            : throw Errno.Failure(Errno.Last, "getsockname");
    }

    /// <summary>Sets an option; a refusal leaves the system's default, which no caller depends on.</summary>
    public static void Set(int descriptor, int level, int name, int value) =>
        _ = Libc.SetSocketOption(descriptor, level, name, &value, sizeof(int));

    public static void SetBufferSizes(int descriptor, int send, int receive)
    {
        if (send > 0)
        {
            Set(descriptor, LinuxConstants.SolSocket, LinuxConstants.SoSendBuffer, send);
        }

        if (receive > 0)
        {
            Set(descriptor, LinuxConstants.SolSocket, LinuxConstants.SoReceiveBuffer, receive);
        }
    }

    public static bool HasOption(int descriptor, int level, int name)
    {
        int value;
        uint length = sizeof(int);
        return Libc.GetSocketOption(descriptor, level, name, &value, &length) == 0;
    }
}
