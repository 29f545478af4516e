using System.Net.Sockets;
using Bisque.Net.Backends;

namespace Bisque.Net.Portable;

/// <summary>A connected stream socket of the framework.</summary>
internal sealed class PortableStreamDescriptor(PortableBackend backend, Socket socket, IDescriptorEvents events)
    : PortableDescriptor(backend, socket, events), IStreamDescriptor
{
    public StreamResult Read(Span<byte> destination) => Result(Socket.Receive(destination, SocketFlags.None, out var error), error);

    public StreamResult Write(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var scratch = Backend.Scratch;
        if (!second.IsEmpty && first.Length < scratch.Length)
        {
            // One call for both parts, so that a short head does not leave as a packet of its own.
            first.CopyTo(scratch);
            var part = Math.Min(second.Length, scratch.Length - first.Length);
            second[..part].CopyTo(scratch.AsSpan(first.Length));
            first = scratch.AsSpan(0, first.Length + part);
        }

        return Result(Socket.Send(first, SocketFlags.None, out var error), error);
    }

    public bool WaitUntilWritable(TimeSpan limit) => Socket.Poll(limit, SelectMode.SelectWrite);

    public void ShutdownWrite()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The peer was faster: there is nobody left to tell.
        }
    }

    private static StreamResult Result(int bytes, SocketError error) => error switch
    {
        SocketError.Success => StreamResult.Done(bytes),
        SocketError.WouldBlock or SocketError.Interrupted => StreamResult.WouldBlock,
        _ => StreamResult.Failed(PortableErrors.Kind(error)),
    };
}
