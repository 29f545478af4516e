namespace Bisque.Sctp.Receive;

/// <summary>Where whole messages go.</summary>
internal interface IMessageSink
{
    /// <summary>The next message. The span is valid during the call.</summary>
    void Message(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message);

    /// <summary>A message was longer than allowed, and dropped; those behind it are delivered.</summary>
    void MessageTooLarge(ushort streamId);
}
