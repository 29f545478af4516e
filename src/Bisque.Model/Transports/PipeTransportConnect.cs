namespace Bisque.Model;

/// <summary>Gives a pipe transport the other router's address and SRTP key.</summary>
public sealed record PipeTransportConnectRequest
{
    /// <summary>The remote address.</summary>
    public required string Ip { get; init; }

    /// <summary>The remote port.</summary>
    public ushort? Port { get; init; }

    /// <summary>The remote side's SRTP key.</summary>
    public SrtpParameters? SrtpParameters { get; init; }
}

/// <summary>Answers <see cref="PipeTransportConnectRequest"/>.</summary>
public sealed record PipeTransportConnectResponse
{
    /// <summary>The addresses.</summary>
    public required TransportTuple Tuple { get; init; }
}
