using Bisque.Primitives;

namespace Bisque.Net;

/// <summary>What a table of taken ports is kept for: requests that differ in any part do not see each other's ports.</summary>
internal readonly record struct PortRange(TransportProtocol Protocol, IpAddress Address, ushort Minimum, ushort Maximum);
