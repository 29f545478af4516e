namespace Bisque.Model;

/// <summary>A WebRTC server as it stands.</summary>
public sealed record WebRtcServerDump
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its UDP sockets.</summary>
    public required IReadOnlyList<IpPort> UdpSockets { get; init; }

    /// <summary>Its TCP servers.</summary>
    public required IReadOnlyList<IpPort> TcpServers { get; init; }

    /// <summary>The transports that use it.</summary>
    public required IReadOnlyList<string> WebRtcTransportIds { get; init; }

    /// <summary>Which transport each user name fragment belongs to.</summary>
    public required IReadOnlyList<IceUserNameFragment> LocalIceUsernameFragments { get; init; }
}

/// <summary>A local address and port.</summary>
public sealed record IpPort
{
    /// <summary>The address.</summary>
    public required string Ip { get; init; }

    /// <summary>The port.</summary>
    public ushort Port { get; init; }
}

/// <summary>The transport of a user name fragment.</summary>
public sealed record IceUserNameFragment
{
    /// <summary>The fragment.</summary>
    public required string LocalIceUsernameFragment { get; init; }

    /// <summary>The transport.</summary>
    public required string WebRtcTransportId { get; init; }
}
