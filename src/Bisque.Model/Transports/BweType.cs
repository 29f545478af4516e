namespace Bisque.Model;

/// <summary>How bandwidth is estimated.</summary>
public enum BweType : byte
{
    /// <summary>From transport-wide feedback.</summary>
    TransportCc,

    /// <summary>From the receiver's estimate (REMB).</summary>
    Remb,
}
