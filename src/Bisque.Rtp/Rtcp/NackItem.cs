using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>One entry of a generic NACK: a lost packet and which of the 16 that follow it are lost too (RFC 4585 section 6.2.1).</summary>
/// <param name="PacketId">The first lost sequence number.</param>
/// <param name="Bitmask">Bit i (least significant first) set: <c>PacketId + i + 1</c> is lost as well.</param>
public readonly record struct NackItem(SequenceNumber PacketId, ushort Bitmask);
