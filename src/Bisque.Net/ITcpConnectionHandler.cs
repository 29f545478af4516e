namespace Bisque.Net;

/// <summary>What a <see cref="TcpConnection"/> hands its bytes to, on the loop's thread.</summary>
public interface ITcpConnectionHandler
{
    /// <summary>Bytes in stream order, without regard to frames. Valid during the call.</summary>
    void OnData(TcpConnection connection, ReadOnlySpan<byte> data);

    /// <summary>The peer closed (<paramref name="error"/> is null) or the connection broke. Not called after <see cref="TcpConnection.Close"/>.</summary>
    void OnClosed(TcpConnection connection, NetError? error);
}
