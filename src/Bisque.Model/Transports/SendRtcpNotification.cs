namespace Bisque.Model;

/// <summary>RTCP that the controller sends into a direct transport.</summary>
public sealed record SendRtcpNotification
{
    /// <summary>A compound RTCP packet.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }
}
