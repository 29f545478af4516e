using Bisque.Srtp.Streams;
using CsCheck;

namespace Bisque.Srtp.Tests.Streams;

/// <summary>The replay window alone (RFC 3711 section 3.3.2).</summary>
public sealed class ReplayWindowTests
{
    [Fact]
    public void It_holds_exactly_1024_indices()
    {
        var window = default(ReplayWindow);
        window.Accept(5_000);

        Assert.Equal(SrtpStatus.Replayed, window.Check(5_000));
        Assert.Equal(SrtpStatus.Ok, window.Check(5_000 - 1_023));
        Assert.Equal(SrtpStatus.TooOld, window.Check(5_000 - 1_024));
        Assert.Equal(SrtpStatus.Ok, window.Check(ulong.MaxValue));
    }

    [Fact]
    public void Whatever_comes_it_judges_like_a_set_of_everything_seen() =>
        Gen.Int[-1_500, 1_500].List[1, 400].Sample(steps =>
        {
            var window = default(ReplayWindow);
            var seen = new HashSet<ulong>();
            var highest = 0UL;
            var at = 100_000L;
            foreach (var step in steps)
            {
                // Mostly near the front, now and then far off.
                at += step % 7 == 0 ? step : step % 5;
                var index = (ulong)Math.Max(0, at);
                var expected = seen.Contains(index) && highest - index < 1_024 ? SrtpStatus.Replayed
                    : index <= highest && highest - index >= 1_024 && seen.Count > 0 ? SrtpStatus.TooOld
                    : SrtpStatus.Ok;
                if (window.Check(index) != expected)
                {
                    return false;
                }

                if (expected == SrtpStatus.Ok)
                {
                    window.Accept(index);
                    seen.Add(index);
                    highest = Math.Max(highest, index);
                }
            }

            return true;
        });
}
