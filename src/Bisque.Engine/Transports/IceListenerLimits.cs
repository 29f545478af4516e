namespace Bisque.Engine.Transports;

/// <summary>
/// What TCP peers cost that have not proven to know a password yet. Those that have are bounded by the tuples of a transport.
/// </summary>
/// <param name="MostUnproven">Connections without a valid connectivity check that are kept at a time; for one more, an old one is closed.</param>
internal sealed record IceListenerLimits(int MostUnproven)
{
    /// <summary>For the sockets of one transport: a browser opens one connection for each of its interfaces.</summary>
    public static readonly IceListenerLimits Transport = new(16);

    /// <summary>For the sockets that all transports of a server share.</summary>
    public static readonly IceListenerLimits Server = new(512);

    /// <summary>How long a connection may take to its first valid check. Browsers send it as soon as they are connected.</summary>
    public static readonly TimeSpan ProofTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an unfinished frame that are kept for an unproven connection: no check is that long.</summary>
    public const int MostUnprovenBytes = 2048;

    /// <summary>How many of the unproven connections may come from one address before it is one of its own that goes.</summary>
    public int MostUnprovenOfOneAddress => Math.Max(MostUnproven / 4, 1);
}
