namespace Bisque.Channel.Verification;

/// <summary>What verification found.</summary>
internal enum FrameVerdict
{
    /// <summary>Nothing in the frame may be read.</summary>
    Malformed,

    /// <summary>The envelope (ids, method, handler) may be read, the body may not: a request can be answered with an error.</summary>
    BodyMalformed,

    /// <summary>Whatever the schema knows of the frame may be read.</summary>
    Sound,
}
