namespace Bisque.Testing;

/// <summary>Proves that a path allocates nothing once it is warm.</summary>
public static class AllocationAssert
{
    private const int Parts = 4;

    /// <summary>
    /// Runs <paramref name="action"/> until it is compiled and its pools are filled, then
    /// <paramref name="repetitions"/> times in four parts, and returns the bytes that this thread allocated in the
    /// thriftiest part. What the path itself allocates shows in every part; what happens once in the life of a
    /// process, such as a type that is initialised when a rare branch is first taken, shows in one.
    /// </summary>
    public static long BytesAllocated(Action action, int warmUp = 200, int repetitions = 1000)
    {
        Repeat(action, warmUp);
        var least = long.MaxValue;
        for (var part = 0; part < Parts; part++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Repeat(action, (repetitions * (part + 1) / Parts) - (repetitions * part / Parts));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static void Repeat(Action action, int times)
    {
        for (var i = 0; i < times; i++)
        {
            action();
        }
    }
}
