using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Srtp;

namespace Bisque.Benchmarks;

/// <summary>Packets of 1,200 bytes of payload, and keys, for the SRTP benchmarks.</summary>
internal static class SrtpPackets
{
    public const int PayloadLength = 1200;
    public const int HeaderLength = RtpPacket.FixedHeaderLength;
    public const int SlotLength = 2048;

    public static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new SystemRandomSource().Fill(bytes);
        return bytes;
    }

    public static byte[] Key(SrtpProfile profile) => Bytes(profile.KeyMaterialLength());

    public static void WriteHeader(Span<byte> destination, int sequenceNumber) =>
        _ = new RtpHeaderWriter(destination, marker: false, 96, new SequenceNumber((ushort)sequenceNumber), new RtpTimestamp(1), new Ssrc(1)).Finish();
}
