namespace Bisque.Testing;

/// <summary>Proves that a path allocates nothing once it is warm.</summary>
public static class AllocationAssert
{
    /// <summary>
    /// Runs <paramref name="action"/> until it is compiled and its pools are filled, then again
    /// <paramref name="repetitions"/> times, and returns the bytes that this thread allocated meanwhile.
    /// </summary>
    public static long BytesAllocated(Action action, int warmUp = 200, int repetitions = 1000)
    {
        for (var i = 0; i < warmUp; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < repetitions; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
