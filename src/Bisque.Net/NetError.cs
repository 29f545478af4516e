namespace Bisque.Net;

/// <summary>The kinds of failure that callers tell apart; all others are <see cref="Other"/>.</summary>
public enum NetError
{
    /// <summary>EADDRINUSE: another socket holds the address and port.</summary>
    AddressInUse,

    /// <summary>EADDRNOTAVAIL: no interface of this machine has the address.</summary>
    AddressNotAvailable,

    /// <summary>EMFILE or ENFILE: the process or the system has no descriptors left.</summary>
    TooManyDescriptors,

    /// <summary>EPIPE or ECONNRESET: the peer has closed its end.</summary>
    Disconnected,

    /// <summary>Anything else; the exception's message says what.</summary>
    Other,
}
