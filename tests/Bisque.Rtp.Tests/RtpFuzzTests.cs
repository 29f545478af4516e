using Bisque.Testing;
using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests;

public sealed class RtpFuzzTests
{
    private const int Rounds = 100_000;

    private static readonly byte[][] Packets =
    [
        Bytes("80 e0 1234 00010002 deadbeef aabbcc"),
        Bytes("a2 60 0001 00000002 00000003 00000004 00000005 ff 000003"),
        Bytes("90 60 0001 00000002 00000003 bede 0003 10 aa 21 bbbb 0000 33 cccccccc 77"),
        Bytes("90 60 0001 00000002 00000003 1007 0003 01 00 02 01 bb 00 c8 04 cccccccc 00"),
        Bytes("b1 60 0001 00000002 00000003 00000004 bede 0001 42 123456 90 e0 8001 05 60 00 aabb 0002"),
    ];

    private static readonly byte[][] Payloads =
    [
        Bytes("90 f0 8001 05 65 00 aabb"),
        Bytes("90 80 11 00 9d012a"),
        Bytes("10 01"),
        Bytes("67 42001f"),
        Bytes("78 0004 67420010 0002 68aa"),
        Bytes("7c 87 42001f"),
        Bytes("7d 07 0001 42001f"),
        Bytes("fc"),
        Bytes("fe 01"),
        Bytes("ac 8123 04 11 aabb"),
        Bytes("fd 05 22 03 04 aabb"),
        Bytes("8a 05 38 0500 02d0 02 04 08 18 01 02 aabb"),
        Bytes("18 0a 0b 0000"),
    ];

    private static readonly byte[][] DependencyDescriptors = [Bytes("c0 0001"), Bytes("80 0001 80 0001"), []];

    [Fact]
    public void Damaged_packets_are_refused_or_can_be_read_whole()
    {
        var mutator = new Mutator(seed: 1);
        var parsed = 0;
        for (var i = 0; i < Rounds; i++)
        {
            if (RtpPacket.TryParse(mutator.Next(Packets), out var packet))
            {
                parsed++;
                ReadWhole(packet);
            }
        }

        Assert.InRange(parsed, Rounds / 10, Rounds);
    }

    [Theory]
    [InlineData(PayloadCodec.Vp8)]
    [InlineData(PayloadCodec.H264)]
    [InlineData(PayloadCodec.Opus)]
    [InlineData(PayloadCodec.Vp9)]
    [InlineData(PayloadCodec.Av1)]
    public void Damaged_payloads_are_looked_into_without_harm(PayloadCodec codec)
    {
        var mutator = new Mutator(seed: 2);
        for (var i = 0; i < Rounds; i++)
        {
            var payload = mutator.Next(Payloads);
            var info = PayloadInspector.Inspect(codec, payload, mutator.Next(DependencyDescriptors));
            Assert.InRange(info.TemporalLayer, 0, codec == PayloadCodec.Vp9 ? 7 : 3);
            Assert.InRange(info.SpatialLayer, 0, 7);
            Assert.InRange(info.PictureId, -1, 0x7fff);
            Assert.InRange(info.Tl0PictureIndex, -1, 255);
            Assert.InRange(info.DescriptorLength, 0, Math.Min(payload.Length, codec == PayloadCodec.Vp9 ? 255 : Vp8PayloadDescriptor.LargestLength));
            Assert.False(info.IsKeyFrame && info.IsDtx);
        }
    }

    [Fact]
    public void Damaged_extension_values_are_refused_or_written_back_as_they_were()
    {
        byte[][] corpus = [Bytes("01"), Bytes("0203"), Bytes("040506"), Bytes("0102030405060708"), Bytes("0102030405060708 f1f2f3f4f5f6f7f8")];
        var mutator = new Mutator(seed: 3);
        Span<byte> written = stackalloc byte[16];
        for (var i = 0; i < Rounds; i++)
        {
            var value = mutator.Next(corpus);
            if (AbsSendTime.TryParse(value, out var sendTime))
            {
                sendTime.Write(written);
                Assert.Equal(value, written[..3]);
            }

            if (PlayoutDelay.TryParse(value, out var delay))
            {
                delay.Write(written);
                Assert.Equal(value, written[..3]);
            }

            if (TransmissionTimeOffset.TryParse(value, out var offset))
            {
                offset.Write(written);
                Assert.Equal(value, written[..3]);
            }

            if (TransportWideNumber.TryParse(value, out var number))
            {
                TransportWideNumber.Write(written, number);
                Assert.Equal(value, written[..2]);
            }

            if (AbsCaptureTime.TryParse(value, out var captureTime))
            {
                captureTime.TryMoveClockOffset(long.MaxValue, out _);
                captureTime.TryMoveClockOffset(long.MinValue, out _);
                Assert.Equal(value, written[..captureTime.Write(written)]);
            }

            if (AudioLevel.TryParse(value, out var level))
            {
                level.Write(written);
                Assert.Equal(value[0], written[0]);
            }

            if (VideoOrientation.TryParse(value, out var orientation))
            {
                orientation.Write(written);
                Assert.Equal(value[0] & 0x0f, written[0]);
            }

            if (RtxPayload.TryParse(value, out var original, out var rest))
            {
                RtxPayload.WriteOriginalSequenceNumber(written, original);
                Assert.Equal(value.AsSpan(0, 2), written[..2]);
                Assert.Equal(value.Length - 2, rest.Length);
            }
        }
    }

    private static void ReadWhole(RtpPacket packet)
    {
        _ = packet.Marker;
        _ = packet.PayloadType;
        _ = packet.SequenceNumber;
        _ = packet.Timestamp;
        _ = packet.Ssrc;
        _ = packet.ExtensionProfile;
        for (var i = 0; i < packet.ContributingSourceCount; i++)
        {
            _ = packet.GetContributingSource(i);
        }

        foreach (var extension in packet.Extensions)
        {
            Assert.NotEqual(0, extension.Id);
            Assert.InRange(extension.Offset + extension.Value.Length, 17, packet.HeaderLength);
            Assert.True(packet.TryGetExtension(extension.Id, out _));
        }

        Assert.Equal(packet.Length, packet.HeaderLength + packet.Payload.Length + packet.PaddingLength);
    }
}
