using System.Buffers.Binary;

namespace Bisque.Ice;

/// <summary>Puts packets into a byte stream (RFC 4571 section 2).</summary>
public static class TcpFrameWriter
{
    /// <summary>Bytes of the length before each packet.</summary>
    public const int LengthPrefix = TcpFrameReader.LengthPrefix;

    /// <summary>The largest packet that a frame can carry.</summary>
    public const int MaximumPacketLength = ushort.MaxValue;

    /// <summary>Writes only the length, for a packet that is sent right behind it.</summary>
    public static void WritePrefix(Span<byte> destination, int packetLength)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)packetLength, (uint)MaximumPacketLength, nameof(packetLength));
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)packetLength);
    }

    /// <summary>Writes a whole frame. False, with nothing written, when the packet is too large or the room too small.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> packet, Span<byte> destination, out int length)
    {
        length = 0;
        if (packet.Length > MaximumPacketLength || destination.Length < LengthPrefix + packet.Length)
        {
            return false;
        }

        WritePrefix(destination, packet.Length);
        packet.CopyTo(destination[LengthPrefix..]);
        length = LengthPrefix + packet.Length;
        return true;
    }
}
