namespace Bisque.Net;

/// <summary>What a <see cref="TcpServer"/> hands its connections to.</summary>
public interface ITcpServerHandler
{
    /// <summary>Someone connected to <paramref name="server"/>. Returns who takes the connection's bytes, or null to close it at once.</summary>
    ITcpConnectionHandler? OnAccepted(TcpServer server, TcpConnection connection);
}
