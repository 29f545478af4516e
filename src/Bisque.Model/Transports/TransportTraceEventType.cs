namespace Bisque.Model;

/// <summary>What a transport can report.</summary>
public enum TransportTraceEventType : byte
{
    /// <summary>A packet that probes for bandwidth.</summary>
    Probation,

    /// <summary>A bandwidth estimate.</summary>
    Bwe,
}
