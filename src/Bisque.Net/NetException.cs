namespace Bisque.Net;

/// <summary>A socket could not be opened, bound or used.</summary>
public sealed class NetException : IOException
{
    /// <summary>A failure of kind <paramref name="error"/>, told in <paramref name="message"/>.</summary>
    public NetException(NetError error, string message)
        : base(message) => Error = error;

    /// <summary>What kind of failure it was.</summary>
    public NetError Error { get; }
}
