namespace Bisque.Net;

/// <summary>How a <see cref="TcpServer"/> listens.</summary>
public sealed record TcpServerOptions
{
    /// <summary>Options that leave everything to the system.</summary>
    public static TcpServerOptions Default { get; } = new();

    /// <summary>An IPv6 server takes no IPv4 connections. Ignored for IPv4.</summary>
    public bool IPv6Only { get; init; }

    /// <summary>Bytes of the kernel's send buffer of each connection; 0 leaves the system's default.</summary>
    public int SendBufferSize { get; init; }

    /// <summary>Bytes of the kernel's receive buffer of each connection; 0 leaves the system's default.</summary>
    public int ReceiveBufferSize { get; init; }

    /// <summary>Connections that the kernel completes before they are accepted.</summary>
    public int Backlog { get; init; } = 512;

    /// <summary>
    /// Bytes that wait for the peer of one connection; a frame that would go beyond is dropped whole. The default holds half a
    /// second of a 16 Mb/s receiver.
    /// </summary>
    public int QueueLimit { get; init; } = 1024 * 1024;
}
