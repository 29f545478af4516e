namespace Bisque.Model;

/// <summary>An RTP packet that the controller sends into a producer of a direct transport.</summary>
public sealed record ProducerSendNotification
{
    /// <summary>The packet. Of a message that was read: valid until the next one comes.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }
}
