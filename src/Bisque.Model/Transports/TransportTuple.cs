using Bisque.Primitives;

namespace Bisque.Model;

/// <summary>A local and a remote transport address and their protocol.</summary>
public sealed record TransportTuple
{
    /// <summary>The local address, announced if there is an announced one.</summary>
    public required string LocalAddress { get; init; }

    /// <summary>The local port.</summary>
    public ushort LocalPort { get; init; }

    /// <summary>The remote address; null as long as it is unknown.</summary>
    public string? RemoteIp { get; init; }

    /// <summary>The remote port; 0 as long as it is unknown.</summary>
    public ushort RemotePort { get; init; }

    /// <summary>UDP or TCP.</summary>
    public TransportProtocol Protocol { get; init; } = TransportProtocol.Udp;
}
