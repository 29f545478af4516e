namespace Bisque.Engine.Internal;

/// <summary>Where a fault is caught. Tests make each of them throw and look at what is left standing.</summary>
internal enum FaultPoint
{
    /// <summary>While one datagram is dispatched.</summary>
    Datagram,

    /// <summary>While one timer of a transport runs.</summary>
    Timer,

    /// <summary>While a packet is handed to one consumer.</summary>
    FanOut,

    /// <summary>While one transport's batch is sent.</summary>
    Send,
}
