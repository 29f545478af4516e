namespace Bisque.Congestion;

/// <summary>Which side of a transport estimates its bandwidth.</summary>
public enum CongestionControlMode
{
    /// <summary>The sender does, out of transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01).</summary>
    TransportCc,

    /// <summary>The receiver does, and tells it by REMB (draft-alvestrand-rmcat-remb-03).</summary>
    Remb,
}
