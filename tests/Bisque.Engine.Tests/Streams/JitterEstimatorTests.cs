using Bisque.Engine.Streams;
using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Streams;

public class JitterEstimatorTests
{
    [Fact]
    public void Packets_that_travel_evenly_have_no_jitter()
    {
        var jitter = new JitterEstimator(90_000);
        for (var i = 0; i < 100; i++)
        {
            jitter.OnPacket(new RtpTimestamp((uint)(uint.MaxValue - 10_000 + (i * 1800L))), (i * 20).Milliseconds());
        }

        Assert.Equal(0u, jitter.Jitter);
    }

    [Fact]
    public void Alternating_delay_comes_close_to_its_size()
    {
        var jitter = new JitterEstimator(48_000);
        for (var i = 0; i < 300; i++)
        {
            jitter.OnPacket(new RtpTimestamp((uint)(i * 960)), ((i * 20) + (i % 2 * 5)).Milliseconds());
        }

        Assert.InRange(jitter.Jitter, 225u, 240u);
    }

    [Fact]
    public void A_jump_of_timestamps_is_not_jitter_and_a_reset_forgets()
    {
        var jitter = new JitterEstimator(48_000);
        jitter.OnPacket(new RtpTimestamp(0), 0.Milliseconds());
        jitter.OnPacket(new RtpTimestamp(2_000_000_000), 20.Milliseconds());
        Assert.Equal(0u, jitter.Jitter);

        jitter.OnPacket(new RtpTimestamp(2_000_000_960), 140.Milliseconds());
        Assert.Equal(300u, jitter.Jitter);

        jitter.Reset();
        Assert.Equal(0u, jitter.Jitter);
    }
}
