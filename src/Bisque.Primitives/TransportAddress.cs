using System.Net;

namespace Bisque.Primitives;

/// <summary>An IP address and a port (RFC 8445 section 4, without the protocol, which the socket implies).</summary>
public readonly record struct TransportAddress(IpAddress Address, ushort Port)
{
    /// <summary>The same address as the framework's type. Allocates: not for the packet path.</summary>
    public IPEndPoint ToIPEndPoint() => new(Address.ToIPAddress(), Port);

    /// <inheritdoc/>
    public override string ToString() => Address.IsIPv4 ? $"{Address}:{Port}" : $"[{Address}]:{Port}";
}
