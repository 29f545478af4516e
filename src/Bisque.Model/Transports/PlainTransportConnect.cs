namespace Bisque.Model;

/// <summary>Gives a plain transport the remote side's address and SRTP key.</summary>
public sealed record PlainTransportConnectRequest
{
    /// <summary>The remote address.</summary>
    public string? Ip { get; init; }

    /// <summary>The remote RTP port.</summary>
    public ushort? Port { get; init; }

    /// <summary>The remote RTCP port.</summary>
    public ushort? RtcpPort { get; init; }

    /// <summary>The remote side's SRTP key.</summary>
    public SrtpParameters? SrtpParameters { get; init; }
}

/// <summary>Answers <see cref="PlainTransportConnectRequest"/>.</summary>
public sealed record PlainTransportConnectResponse
{
    /// <summary>The addresses of RTP.</summary>
    public TransportTuple? Tuple { get; init; }

    /// <summary>The addresses of RTCP when it has its own port.</summary>
    public TransportTuple? RtcpTuple { get; init; }

    /// <summary>The worker's SRTP key, with SRTP.</summary>
    public SrtpParameters? SrtpParameters { get; init; }
}
