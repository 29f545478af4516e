using Bisque.Net.Linux;

namespace Bisque.Net;

/// <summary>The process's limit of open descriptors (RLIMIT_NOFILE): every socket takes one.</summary>
public static class DescriptorLimit
{
    /// <summary>Raises the soft limit to the hard one. Returns the limit then in force, or null where that is not known.</summary>
    public static long? Raise() => EpollBackend.IsSupported ? LinuxDescriptorLimit.Raise() : null;
}
