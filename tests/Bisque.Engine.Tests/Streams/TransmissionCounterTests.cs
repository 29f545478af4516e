using Bisque.Engine.Streams;
using Bisque.Testing;
using static Bisque.Engine.Tests.Streams.StreamTestData;

namespace Bisque.Engine.Tests.Streams;

public class TransmissionCounterTests
{
    [Fact]
    public void A_layer_costs_itself_and_everything_below()
    {
        var counter = new TransmissionCounter(2, 2, 1000);
        Count(counter, 0, 0, 100);
        Count(counter, 0, 1, 200);
        Count(counter, 1, 0, 400);
        Count(counter, 1, 1, 800);
        var now = 10.Milliseconds();

        Assert.Equal(800ul, counter.GetBitrate(0, 0, now));
        Assert.Equal(2400ul, counter.GetBitrate(0, 1, now));
        Assert.Equal(5600ul, counter.GetBitrate(1, 0, now));
        Assert.Equal(12_000ul, counter.GetBitrate(1, 1, now));
        Assert.Equal(12_000ul, counter.GetBitrate(now));
        Assert.Equal(9600ul, counter.GetSpatialLayerBitrate(1, now));
        Assert.Equal(6400ul, counter.GetLayerBitrate(1, 1, now));
        Assert.Equal(4ul, counter.PacketCount);
        Assert.Equal(1500ul, counter.ByteCount);
    }

    [Fact]
    public void A_silent_layer_costs_nothing_whatever_lies_below()
    {
        var counter = new TransmissionCounter(2, 1, 1000);
        Count(counter, 0, 0, 100);

        Assert.Equal(0ul, counter.GetBitrate(1, 0, 1.Milliseconds()));
        Assert.Equal(0ul, counter.GetBitrate(7, 7, 1.Milliseconds()));
    }

    [Fact]
    public void Layers_beyond_the_negotiated_ones_count_for_the_highest()
    {
        var counter = new TransmissionCounter(1, 2, 1000);
        Count(counter, 3, 7, 100);

        Assert.Equal(800ul, counter.GetLayerBitrate(0, 1, 1.Milliseconds()));
    }

    [Fact]
    public void A_packet_of_nothing_but_padding_counts_as_packet_but_not_in_bytes()
    {
        var stream = new RtpDataCounter(leavePaddingOut: true);
        var transport = new RtpDataCounter();
        var probe = Packet(1, 0.Milliseconds(), payloadLength: 0, padding: 200);
        stream.Update(probe, 0.Milliseconds());
        transport.Update(probe, 0.Milliseconds());

        Assert.Equal((1ul, 0ul), (stream.PacketCount, stream.ByteCount));
        Assert.Equal((1ul, 212ul), (transport.PacketCount, transport.ByteCount));
    }

    private static void Count(TransmissionCounter counter, byte spatial, byte temporal, int size) =>
        counter.Update(
            Packet(1, 0.Milliseconds()) with { SpatialLayer = spatial, TemporalLayer = temporal, Size = size },
            0.Milliseconds());
}
