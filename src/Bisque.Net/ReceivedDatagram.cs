using Bisque.Primitives;

namespace Bisque.Net;

/// <summary>
/// A datagram and who sent it. The loop holds the buffer's reference during the call that brings it; a handler that keeps the
/// buffer longer adds its own.
/// </summary>
public readonly record struct ReceivedDatagram(PacketBuffer Buffer, TransportAddress Remote);
