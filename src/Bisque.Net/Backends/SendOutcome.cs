namespace Bisque.Net.Backends;

/// <summary>What became of one attempt to send.</summary>
internal enum SendOutcome
{
    /// <summary>The kernel took it.</summary>
    Sent,

    /// <summary>The kernel's buffer is full: try again when the socket is writable.</summary>
    WouldBlock,

    /// <summary>The kernel refused it; trying again would not help.</summary>
    Failed,
}
