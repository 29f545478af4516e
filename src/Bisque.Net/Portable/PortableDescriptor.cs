using System.Net.Sockets;
using Bisque.Net.Backends;

namespace Bisque.Net.Portable;

/// <summary>A socket among those that the loop selects from. Owns it.</summary>
internal abstract class PortableDescriptor : IDescriptor
{
    private readonly IDescriptorEvents _events;

    protected PortableDescriptor(PortableBackend backend, Socket socket, IDescriptorEvents events)
    {
        Backend = backend;
        Socket = socket;
        _events = events;
        socket.Blocking = false;
        backend.Add(this);
    }

    public Socket Socket { get; }

    public bool WantsRead { get; private set; } = true;

    public bool WantsWrite { get; private set; }

    protected PortableBackend Backend { get; }

    private bool IsClosed { get; set; }

    public void Watch(bool reading, bool writing)
    {
        WantsRead = reading;
        WantsWrite = writing;
    }

    public void OnReadable()
    {
        if (!IsClosed && WantsRead)
        {
            _events.OnReadable();
        }
    }

    public void OnWritable()
    {
        if (!IsClosed && WantsWrite)
        {
            _events.OnWritable();
        }
    }

    public void Dispose()
    {
        if (!IsClosed)
        {
            IsClosed = true;
            Backend.Remove(this);
            Socket.Dispose();
        }
    }
}
