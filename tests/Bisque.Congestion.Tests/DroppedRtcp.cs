namespace Bisque.Congestion.Tests;

/// <summary>Takes packets and keeps nothing.</summary>
internal sealed class DroppedRtcp : ICongestionControlServerEvents
{
    public void SendRtcp(ReadOnlySpan<byte> packet)
    {
    }
}
