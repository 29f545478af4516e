using Bisque.Net.Backends;

namespace Bisque.Net.Linux;

/// <summary>A descriptor in the epoll set. Owns it.</summary>
internal abstract class EpollDescriptor : IDescriptor
{
    private readonly EpollBackend _backend;
    private readonly IDescriptorEvents _events;
    private uint _watched;
    private bool _isClosed;

    /// <summary>Starts to watch for reading. The caller closes the descriptor if this throws.</summary>
    protected EpollDescriptor(EpollBackend backend, int descriptor, IDescriptorEvents events)
    {
        _backend = backend;
        _events = events;
        Descriptor = descriptor;
        Token = backend.Add(this);
        try
        {
            Watch(reading: true, writing: false);
        }
        catch
        {
            backend.Remove(this);
            throw;
        }
    }

    public ulong Token { get; }

    protected int Descriptor { get; }

    protected EpollBackend Backend => _backend;

    public void Watch(bool reading, bool writing)
    {
        var wanted = (reading ? LinuxConstants.EpollIn : 0) | (writing ? LinuxConstants.EpollOut : 0);
        if (_isClosed || wanted == _watched)
        {
            return;
        }

        // Hang-ups are reported even to those who want nothing: such a descriptor has to leave the set.
        var operation = wanted == 0 ? LinuxConstants.EpollDelete : _watched == 0 ? LinuxConstants.EpollAdd : LinuxConstants.EpollModify;
        _backend.Control(operation, Descriptor, wanted, Token);
        _watched = wanted;
    }

    public void Dispatch(uint happened)
    {
        const uint Trouble = LinuxConstants.EpollError | LinuxConstants.EpollHangUp;
        var readable = (happened & (LinuxConstants.EpollIn | Trouble)) != 0;
        var writable = (happened & (LinuxConstants.EpollOut | Trouble)) != 0;
        if (readable && (_watched & LinuxConstants.EpollIn) != 0)
        {
            _events.OnReadable();
        }

        if (writable && !_isClosed && (_watched & LinuxConstants.EpollOut) != 0)
        {
            _events.OnWritable();
        }
    }

    public void Dispose()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            _watched = 0;
            _backend.Remove(this);
            _ = Libc.Close(Descriptor);
        }
    }
}
