namespace Bisque.Net.Linux;

/// <summary>RLIMIT_NOFILE of this process.</summary>
internal static unsafe class LinuxDescriptorLimit
{
    public static long? Raise()
    {
        ResourceLimit limit;
        if (Libc.GetResourceLimit(LinuxConstants.LimitOpenFiles, &limit) < 0)
        {
            return null;
        }

        var before = limit.Soft;
        limit.Soft = limit.Hard;
        return Saturate(Libc.SetResourceLimit(LinuxConstants.LimitOpenFiles, &limit) == 0 ? limit.Hard : before);
    }

    private static long Saturate(ulong limit) => (long)Math.Min(limit, long.MaxValue);
}
