using System.Buffers.Binary;

namespace Bisque.Srtp.Tests;

/// <summary>Plain RTP and RTCP packets, and jobs that send them.</summary>
internal static class Packets
{
    public const uint Ssrc = 0xcafe_babe;

    public static byte[] Rtp(ushort sequenceNumber, uint ssrc = Ssrc, int payloadLength = 100)
    {
        var packet = new byte[12 + payloadLength];
        packet[0] = 0x80;
        packet[1] = 96;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        for (var i = 12; i < packet.Length; i++)
        {
            packet[i] = (byte)(i + sequenceNumber);
        }

        return packet;
    }

    /// <summary>Two CSRCs and a one-byte extension of eight bytes before the payload.</summary>
    public static byte[] RtpWithExtension(ushort sequenceNumber, int payloadLength = 100)
    {
        var plain = Rtp(sequenceNumber, payloadLength: payloadLength);
        plain[0] = 0x92;
        return [.. plain[..12], 0, 0, 0, 1, 0, 0, 0, 2, 0xbe, 0xde, 0, 2, 0x12, 1, 2, 3, 0x31, 4, 5, 0, .. plain[12..]];
    }

    public static byte[] Rtcp(uint ssrc = Ssrc, int words = 7)
    {
        var packet = new byte[4 * words];
        packet[0] = 0x80;
        packet[1] = 200;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)(words - 1));
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), ssrc);
        for (var i = 8; i < packet.Length; i++)
        {
            packet[i] = (byte)(3 * i);
        }

        return packet;
    }

    public static int HeaderLength(byte[] rtp) =>
        12 + (4 * (rtp[0] & 15)) + ((rtp[0] & 0x10) == 0 ? 0 : 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(rtp.AsSpan(12 + (4 * (rtp[0] & 15)) + 2))));

    /// <summary>A job for <paramref name="rtp"/> whose bytes from <paramref name="sharedFrom"/> on (the payload, unless told) are the body.</summary>
    public static SendJob Job(SrtpSession? session, byte[] rtp, int sharedFrom = -1)
    {
        var headerLength = HeaderLength(rtp);
        var headLength = sharedFrom < 0 ? headerLength : sharedFrom;

        // Everything at odd offsets, between guard bytes, so that a confused offset shows.
        return new SendJob
        {
            Session = session,
            Head = [0xee, .. rtp[..headLength], 0xee],
            HeadOffset = 1,
            HeadLength = headLength,
            HeaderLength = headerLength,
            Body = [0xdd, 0xdd, 0xdd, .. rtp[headLength..], 0xdd],
            BodyOffset = 3,
            BodyLength = rtp.Length - headLength,
            Slot = new byte[rtp.Length + 40],
            SlotOffset = 5,
            SlotCapacity = rtp.Length + 30,
        };
    }
}
