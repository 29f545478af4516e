namespace Bisque.Primitives;

/// <summary>What carries datagrams between two transport addresses. The values are those of the mediasoup wire.</summary>
public enum TransportProtocol : byte
{
    /// <summary>User Datagram Protocol.</summary>
    Udp = 1,

    /// <summary>Transmission Control Protocol, framed by RFC 4571.</summary>
    Tcp = 2,
}
