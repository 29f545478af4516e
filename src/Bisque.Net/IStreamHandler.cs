namespace Bisque.Net;

/// <summary>What a <see cref="LoopStream"/> hands its bytes to, on the loop's thread.</summary>
public interface IStreamHandler
{
    /// <summary>Bytes in stream order. Valid during the call.</summary>
    void OnData(ReadOnlySpan<byte> data);

    /// <summary>The other end closed (<paramref name="error"/> is null) or the stream broke; told once.</summary>
    void OnEnd(NetError? error);
}
