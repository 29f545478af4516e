namespace Bisque.Channel;

/// <summary>Where a <see cref="ChannelSession"/> writes its frames.</summary>
public interface IChannelOutput
{
    /// <summary>Bytes that were written here and that the carrier has not yet taken.</summary>
    long QueuedBytes { get; }

    /// <summary>Queues one whole frame, prefix included. The bytes are valid during the call only.</summary>
    void Write(ReadOnlySpan<byte> frame);
}
