using Bisque.Net.Backends;

namespace Bisque.Net.Linux;

/// <summary>A connected socket or one end of a pipe.</summary>
internal sealed unsafe class LinuxStreamDescriptor : EpollDescriptor, IStreamDescriptor
{
    private readonly bool _isSocket;
    private readonly int _accessMode;

    public LinuxStreamDescriptor(EpollBackend backend, int descriptor, IDescriptorEvents events)
        : base(backend, MakeNonBlocking(descriptor), events)
    {
        _isSocket = LinuxSocket.HasOption(descriptor, LinuxConstants.SolSocket, LinuxConstants.SoType);
        _accessMode = Libc.FileControl(descriptor, LinuxConstants.GetFlags, 0) & LinuxConstants.OpenAccessMode;
    }

    public StreamResult Read(Span<byte> destination)
    {
        // The writing end of a pipe becomes "readable" when its reader is gone.
        if (_accessMode == LinuxConstants.OpenWriteOnly)
        {
            return StreamResult.Failed(NetError.Disconnected);
        }

        fixed (byte* bytes = destination)
        {
            while (true)
            {
                var count = Libc.Read(Descriptor, bytes, (nuint)destination.Length);
                if (count >= 0)
                {
                    return StreamResult.Done((int)count);
                }

                if (Result(Errno.Last) is { } result)
                {
                    return result;
                }
            }
        }
    }

    public StreamResult Write(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (_accessMode == LinuxConstants.OpenReadOnly)
        {
            return StreamResult.Failed(NetError.Other);
        }

        fixed (byte* firstBytes = first, secondBytes = second)
        {
            var vectors = stackalloc IoVector[2];
            vectors[0] = new IoVector { Base = firstBytes, Length = (nuint)first.Length };
            vectors[1] = new IoVector { Base = secondBytes, Length = (nuint)second.Length };
            var message = new MessageHeader { Vectors = vectors, VectorCount = second.IsEmpty ? 1u : 2u };
            while (true)
            {
                var count = _isSocket
                    ? Libc.SendMessage(Descriptor, &message, LinuxConstants.MessageNoSignal | LinuxConstants.MessageDoNotWait)
                    : Libc.WriteVector(Descriptor, vectors, (int)message.VectorCount);
                if (count >= 0)
                {
                    return StreamResult.Done((int)count);
                }

                if (Result(Errno.Last) is { } result)
                {
                    return result;
                }
            }
        }
    }

    public bool WaitUntilWritable(TimeSpan limit)
    {
        var poll = new PollDescriptor { Descriptor = Descriptor, Events = LinuxConstants.PollOut };
        return Libc.Poll(&poll, 1, (int)Math.Clamp(Math.Ceiling(limit.TotalMilliseconds), 0, int.MaxValue)) != 0;
    }

    public void ShutdownWrite()
    {
        if (_isSocket)
        {
            _ = Libc.Shutdown(Descriptor, LinuxConstants.ShutdownWrite);
        }
    }

    /// <summary>Null means: try again.</summary>
    private static StreamResult? Result(int errno) => errno switch
    {
        Errno.Interrupted => null,
        Errno.Again => StreamResult.WouldBlock,
        _ => StreamResult.Failed(Errno.Kind(errno)),
    };

    private static int MakeNonBlocking(int descriptor)
    {
        var flags = Libc.FileControl(descriptor, LinuxConstants.GetFlags, 0);
        if (flags < 0 || Libc.FileControl(descriptor, LinuxConstants.SetFlags, flags | LinuxConstants.OpenNonBlocking) < 0)
        {
            throw Errno.Failure(Errno.Last, $"fcntl of descriptor {descriptor}");
        }

        return descriptor;
    }
}
