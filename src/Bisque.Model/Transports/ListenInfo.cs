using Bisque.Primitives;

namespace Bisque.Model;

/// <summary>An address and the ports on it where the worker listens.</summary>
public sealed record ListenInfo
{
    /// <summary>UDP or TCP.</summary>
    public TransportProtocol Protocol { get; init; } = TransportProtocol.Udp;

    /// <summary>The local address.</summary>
    public required string Ip { get; init; }

    /// <summary>What is told to the remote side in its place.</summary>
    public string? AnnouncedAddress { get; init; }

    /// <summary>Whether the local address is told beside the announced one.</summary>
    public bool ExposeInternalIp { get; init; }

    /// <summary>The port; 0 to choose one.</summary>
    public ushort Port { get; init; }

    /// <summary>The ports to choose from when <see cref="Port"/> is 0.</summary>
    public required PortRange PortRange { get; init; }

    /// <summary>How the socket is opened.</summary>
    public required SocketFlags Flags { get; init; }

    /// <summary>Size of the kernel's send buffer in bytes; 0 for the system's default.</summary>
    public uint SendBufferSize { get; init; }

    /// <summary>Size of the kernel's receive buffer in bytes; 0 for the system's default.</summary>
    public uint ReceiveBufferSize { get; init; }
}

/// <summary>The ports to choose from; 0 to 0 means the worker's own range.</summary>
public sealed record PortRange
{
    /// <summary>The lowest port.</summary>
    public ushort Min { get; init; }

    /// <summary>The highest port.</summary>
    public ushort Max { get; init; }
}

/// <summary>How a socket is opened.</summary>
public sealed record SocketFlags
{
    /// <summary>An IPv6 socket takes no IPv4.</summary>
    public bool Ipv6Only { get; init; }

    /// <summary>Several UDP sockets may share the port.</summary>
    public bool UdpReusePort { get; init; }
}
