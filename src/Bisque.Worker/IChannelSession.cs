namespace Bisque.Worker;

/// <summary>What a <see cref="ProcessHost"/> carries the channel for: it takes the controller's bytes and answers by <see cref="ProcessHost.Write"/>.</summary>
internal interface IChannelSession
{
    /// <summary>The loop is about to run: the moment to say that the worker is running.</summary>
    void OnStarted();

    /// <summary>Bytes from the controller in stream order, without regard to messages. Valid during the call.</summary>
    void OnBytes(ReadOnlySpan<byte> bytes);

    /// <summary>The process ends: close what is open. What is written now still reaches the controller if it listens.</summary>
    void OnClosing();
}
