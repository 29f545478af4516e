using Bisque.Primitives;

namespace Bisque.Ice;

/// <summary>
/// The pair of addresses over which packets flow. The local one takes part, since one remote address may reach several sockets.
/// </summary>
/// <param name="Protocol">What carries the packets.</param>
/// <param name="Local">The address of our socket.</param>
/// <param name="Remote">Where the packets came from.</param>
public readonly record struct IceTuple(TransportProtocol Protocol, TransportAddress Local, TransportAddress Remote);
