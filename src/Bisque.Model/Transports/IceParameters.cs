using Bisque.Primitives;

namespace Bisque.Model;

/// <summary>The worker's ICE credentials (RFC 8445 section 5.3).</summary>
public sealed record IceParameters
{
    /// <summary>The user name fragment.</summary>
    public required string UsernameFragment { get; init; }

    /// <summary>The password.</summary>
    public required string Password { get; init; }

    /// <summary>Whether the agent is a lite one.</summary>
    public bool IceLite { get; init; } = true;
}

/// <summary>An ICE candidate (RFC 8445 section 5.1).</summary>
public sealed record IceCandidate
{
    /// <summary>The foundation.</summary>
    public required string Foundation { get; init; }

    /// <summary>The priority.</summary>
    public uint Priority { get; init; }

    /// <summary>An IP address or a host name.</summary>
    public required string Address { get; init; }

    /// <summary>UDP or TCP.</summary>
    public TransportProtocol Protocol { get; init; } = TransportProtocol.Udp;

    /// <summary>The port.</summary>
    public ushort Port { get; init; }

    /// <summary>The candidate's type.</summary>
    public IceCandidateType Type { get; init; }

    /// <summary>Which side opens the connection (RFC 6544); null for UDP.</summary>
    public IceCandidateTcpType? TcpType { get; init; }
}
