using Bisque.Channel.Tests.Messages;
using Bisque.Channel.Verification;
using Bisque.Testing;

namespace Bisque.Channel.Tests.Verification;

public sealed class FuzzTests
{
    [Fact]
    public void What_is_verified_can_be_read_and_costs_memory_in_proportion()
    {
        var corpus = Frames.All();
        var mutator = new Mutator(seed: 20_251);
        var sound = 0;
        var refused = 0;

        for (var i = 0; i < 200_000; i++)
        {
            var frame = mutator.Next(corpus);
            var before = GC.GetAllocatedBytesForCurrentThread();

            var verdict = FrameReading.ReadEverything(frame);

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 65_536 + (100L * frame.Length), $"input {i}: {allocated} bytes for a frame of {frame.Length}");
            sound += verdict == FrameVerdict.Sound ? 1 : 0;
            refused += verdict == FrameVerdict.Malformed ? 1 : 0;
        }

        Assert.True(sound > 20_000, $"only {sound} frames were read");
        Assert.True(refused > 20_000, $"only {refused} frames were refused");
    }
}
