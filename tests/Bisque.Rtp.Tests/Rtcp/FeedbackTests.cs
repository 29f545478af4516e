using Bisque.Primitives;
using CsCheck;
using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests;

public sealed class FeedbackTests
{
    private static RtcpPacket Parse(ReadOnlySpan<byte> bytes)
    {
        Assert.True(RtcpPacket.TryParse(bytes, out var packet));
        return packet;
    }

    [Fact]
    public void A_generic_NACK_is_read_and_written()
    {
        var bytes = Bytes("81 cd 0004 00000001 00000002 000a 8001 0064 0000");
        var writer = new RtcpWriter(new byte[20]);
        NackItem[] items = [new(new SequenceNumber(10), 0x8001), new(new SequenceNumber(100), 0)];

        Assert.True(writer.TryWriteNack(new Ssrc(1), new Ssrc(2), items));
        Assert.Equal(bytes, writer.Written);
        Assert.True(GenericNack.TryParse(Parse(bytes), out var nack));
        Assert.Equal(new Ssrc(1), nack.SenderSsrc);
        Assert.Equal(new Ssrc(2), nack.MediaSsrc);
        var read = new List<NackItem>();
        foreach (var item in nack)
        {
            read.Add(item);
        }

        Assert.Equal(items, read);
    }

    [Fact]
    public void Lost_packets_are_packed_into_items_of_seventeen()
    {
        Span<NackItem> items = stackalloc NackItem[4];
        SequenceNumber[] lost = [new(65535), new(0), new(15), new(16), new(40)];

        var count = NackItems.Pack(lost, items, out var packed);

        Assert.Equal(5, packed);
        Assert.Equal([new(new SequenceNumber(65535), 0x8001), new(new SequenceNumber(16), 0), new(new SequenceNumber(40), 0)], items[..count]);
    }

    [Fact]
    public void Packing_stops_when_there_is_no_room_for_another_item()
    {
        Span<NackItem> items = stackalloc NackItem[1];

        Assert.Equal(1, NackItems.Pack([new(1), new(2), new(30)], items, out var packed));
        Assert.Equal(2, packed);
    }

    [Fact]
    public void What_is_packed_is_expanded_again() =>
        Gen.Select(Gen.UShort, Gen.Int[1, 40].Array[0, 60]).Sample((start, steps) =>
        {
            var lost = new List<SequenceNumber>();
            var next = new SequenceNumber(start);
            foreach (var step in steps)
            {
                next = next.Plus(step);
                lost.Add(next);
            }

            var items = new NackItem[60];
            var count = NackItems.Pack([.. lost], items, out var packed);
            Assert.Equal(lost.Count, packed);
            var expanded = new List<SequenceNumber>();
            Span<SequenceNumber> seventeen = stackalloc SequenceNumber[NackItems.PacketsPerItem];
            foreach (var item in items.AsSpan(0, count))
            {
                expanded.AddRange(seventeen[..NackItems.Expand(item, seventeen)]);
            }

            Assert.Equal(lost, expanded);
        });

    [Fact]
    public void A_picture_loss_indication_is_read_and_written()
    {
        var writer = new RtcpWriter(new byte[12]);

        Assert.True(writer.TryWritePli(new Ssrc(1), new Ssrc(2)));
        Assert.Equal(Bytes("81 ce 0002 00000001 00000002"), writer.Written);
        Assert.True(PictureLossIndication.TryParse(Parse(writer.Written), out var indication));
        Assert.Equal(new PictureLossIndication(new Ssrc(1), new Ssrc(2)), indication);
    }

    [Fact]
    public void A_full_intra_request_is_read_and_written()
    {
        var writer = new RtcpWriter(new byte[20]);

        Assert.True(writer.TryWriteFir(new Ssrc(1), new Ssrc(2), 7));
        Assert.Equal(Bytes("84 ce 0004 00000001 00000000 00000002 07 000000"), writer.Written);
        Assert.True(FullIntraRequest.TryParse(Parse(writer.Written), out var request));
        Assert.Equal(new Ssrc(1), request.SenderSsrc);
        Assert.Equal(1, request.Count);
        Assert.Equal(new FullIntraRequestItem(new Ssrc(2), 7), request[0]);
        Assert.False(FullIntraRequest.TryParse(Parse(Bytes("84 ce 0003 00000001 00000000 00000002")), out _));
    }

    [Fact]
    public void A_bitrate_estimate_is_read_and_written()
    {
        // 1,000,000 = 250,000 * 2^2
        var bytes = Bytes("8f ce 0006 00000001 00000000 52454d42 02 0bd090 00000003 00000004");
        var writer = new RtcpWriter(new byte[28]);

        Assert.True(writer.TryWriteRemb(new Ssrc(1), new Bitrate(1_000_000), [new(3), new(4)]));
        Assert.Equal(bytes, writer.Written);
        Assert.True(ReceiverEstimatedMaximumBitrate.TryParse(Parse(bytes), out var estimate));
        Assert.Equal(new Ssrc(1), estimate.SenderSsrc);
        Assert.Equal(new Bitrate(1_000_000), estimate.Bitrate);
        Assert.Equal(2, estimate.SourceCount);
        Assert.Equal(new Ssrc(4), estimate.GetSource(1));
    }

    [Fact]
    public void A_bitrate_keeps_its_18_highest_bits() =>
        Gen.Long[0, long.MaxValue].Sample(rate =>
        {
            var writer = new RtcpWriter(new byte[20]);
            Assert.True(writer.TryWriteRemb(new Ssrc(1), new Bitrate(rate), []));
            Assert.True(ReceiverEstimatedMaximumBitrate.TryParse(Parse(writer.Written), out var estimate));
            Assert.InRange(rate - estimate.Bitrate.BitsPerSecond, 0, rate >> 17);
        });

    [Theory]
    [InlineData("8f ce 0004 00000001 00000000 52454d42 01 0bd090")] // a source is missing
    [InlineData("8f ce 0004 00000001 00000000 52454d42 00 ffffff")] // beyond 63 bits
    [InlineData("8f ce 0004 00000001 00000000 41424344 00 0bd090")] // another application's message
    [InlineData("8f ce 0002 00000001 00000000")]
    public void What_is_no_well_formed_estimate_is_refused(string bytes) =>
        Assert.False(ReceiverEstimatedMaximumBitrate.TryParse(Parse(Bytes(bytes)), out _));

    [Fact]
    public void Feedback_of_an_unknown_format_still_tells_who_sent_it()
    {
        Assert.True(FeedbackMessage.TryParse(Parse(Bytes("83 ce 0003 00000001 00000002 aabbccdd")), out var message));
        Assert.Equal(new Ssrc(1), message.SenderSsrc);
        Assert.Equal(new Ssrc(2), message.MediaSsrc);
        Assert.Equal(3, message.Format);
        Assert.Equal(Bytes("aabbccdd"), message.Information);
    }
}
