using Bisque.Congestion.TransportWide;
using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Congestion.Tests;

/// <summary>The window over sequence numbers, against a dictionary that does the same slowly.</summary>
public sealed class ArrivalMapTests
{
    [Fact]
    public void It_holds_what_a_dictionary_would_hold_within_its_span()
    {
        var random = new SeededRandomSource(9);
        var map = new ArrivalMap();
        Dictionary<long, long> model = [];
        long number = -5000;
        for (var i = 0; i < 30_000; i++)
        {
            number += random.NextInt32(0, 200) == 0 ? random.NextInt32(-20_000, 20_000) : random.NextInt32(-3, 5);
            if (model.Count > 0 && (number < map.End - ArrivalMap.MaximumSpan || number >= map.End + ArrivalMap.MaximumSpan))
            {
                model.Clear();
            }

            Assert.Equal(model.TryAdd(number, i), map.TryAdd(number, new MonotonicTime(i)));
            foreach (var old in model.Keys.Where(k => k < map.Begin).ToArray())
            {
                model.Remove(old);
            }

            Assert.InRange(map.End - map.Begin, 1, ArrivalMap.MaximumSpan);
            if (i % 500 == 0)
            {
                AssertSame(model, map);
            }
        }
    }

    [Fact]
    public void Only_old_arrivals_below_the_number_expire()
    {
        var map = new ArrivalMap();
        map.TryAdd(1, 10.Milliseconds());
        map.TryAdd(3, 30.Milliseconds());
        map.TryAdd(4, 20.Milliseconds());

        map.Expire(4, 20.Milliseconds());
        Assert.Equal(3, map.Begin);
        map.Expire(3, 100.Milliseconds());
        Assert.Equal(3, map.Begin);
        map.Expire(10, 100.Milliseconds());
        Assert.True(map.IsEmpty);
    }

    private static void AssertSame(Dictionary<long, long> model, ArrivalMap map)
    {
        var count = 0;
        for (var number = map.Begin; number < map.End; number++)
        {
            if (map.TryGet(number, out var arrival))
            {
                count++;
                Assert.Equal(model[number], arrival.Microseconds);
            }
        }

        Assert.Equal(model.Count, count);
    }
}
