namespace Bisque.Model;

/// <summary>RTCP that the controller sends into a direct transport.</summary>
public sealed record SendRtcpNotification
{
    /// <summary>A compound RTCP packet. Of a message that was read: valid until the next one comes.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }
}
