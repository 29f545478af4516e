namespace Bisque.Net;

/// <summary>How a <see cref="UdpSocket"/> is bound.</summary>
public sealed record UdpSocketOptions
{
    /// <summary>Options that leave everything to the system.</summary>
    public static UdpSocketOptions Default { get; } = new();

    /// <summary>An IPv6 socket takes no IPv4 traffic. Ignored for IPv4.</summary>
    public bool IPv6Only { get; init; }

    /// <summary>Several sockets may bind one address and port (SO_REUSEADDR), as multicast receivers do.</summary>
    public bool ReusePort { get; init; }

    /// <summary>Bytes of the kernel's send buffer; 0 leaves the system's default.</summary>
    public int SendBufferSize { get; init; }

    /// <summary>Bytes of the kernel's receive buffer; 0 leaves the system's default.</summary>
    public int ReceiveBufferSize { get; init; }
}
