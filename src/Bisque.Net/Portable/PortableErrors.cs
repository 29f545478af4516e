using System.Net.Sockets;

namespace Bisque.Net.Portable;

/// <summary>The framework's socket errors as kinds.</summary>
internal static class PortableErrors
{
    public static NetError Kind(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => NetError.AddressInUse,
        SocketError.AddressNotAvailable => NetError.AddressNotAvailable,
        SocketError.TooManyOpenSockets => NetError.TooManyDescriptors,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.Disconnecting => NetError.Disconnected,
        _ => NetError.Other,
    };

    public static NetException Failure(SocketException cause, string what) =>
        new(Kind(cause.SocketErrorCode), $"{what} failed: {cause.Message} ({cause.SocketErrorCode}).");
}
