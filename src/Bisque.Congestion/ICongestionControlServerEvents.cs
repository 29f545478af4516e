namespace Bisque.Congestion;

/// <summary>What a <see cref="CongestionControlServer"/> wants done.</summary>
public interface ICongestionControlServerEvents
{
    /// <summary>Send one RTCP packet by itself. The span is valid during the call only.</summary>
    void SendRtcp(ReadOnlySpan<byte> packet);
}
