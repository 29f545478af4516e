namespace Bisque.Engine;

/// <summary>How much a worker says. Each level includes the ones before it.</summary>
public enum LogLevel
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>What should not happen.</summary>
    Error,

    /// <summary>What a peer or a controller did wrong, under an enabled tag.</summary>
    Warn,

    /// <summary>What is going on, under an enabled tag.</summary>
    Debug,
}
