using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Bisque.Net.Backends;
using Bisque.Primitives;

namespace Bisque.Net.Linux;

/// <summary>A loop over epoll (level-triggered), woken by an eventfd.</summary>
internal sealed unsafe class EpollBackend : ILoopBackend
{
    private const int MostEvents = 256;

    // struct epoll_event is packed on x86-64 only.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EventSize - sizeof(ulong);

    private readonly byte* _events = (byte*)NativeMemory.AllocZeroed(MostEvents, (nuint)EventSize);
    private readonly int _epoll;
    private readonly int _wakeUp;
    private readonly List<EpollDescriptor?> _descriptors = [null];
    private readonly Stack<int> _freeIndices = new();
    private uint _generation;

    public EpollBackend(EventLoopOptions options, EventLoop loop)
    {
        Receiver = new DatagramReceiver(loop);
        Sender = new DatagramSender();
        SegmentationOffload = options.SegmentationOffload;
        _epoll = Libc.EpollCreate(LinuxConstants.EpollCloseOnExec);
        if (_epoll < 0)
        {
            throw Errno.Failure(Errno.Last, "epoll_create1");
        }

        _wakeUp = Libc.EventDescriptor(0, LinuxConstants.EventNonBlocking | LinuxConstants.EventCloseOnExec);
        if (_wakeUp < 0)
        {
            var errno = Errno.Last;
            _ = Libc.Close(_epoll);
            throw Errno.Failure(errno, "eventfd");
        }

        // Token 0 is the wake-up's; descriptors have a generation of at least 1 in the upper half.
        Control(LinuxConstants.EpollAdd, _wakeUp, LinuxConstants.EpollIn, 0);
    }

    /// <summary>Works on 64-bit little-endian Linux, whose structures are laid out here.</summary>
    public static bool IsSupported =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    public DatagramReceiver Receiver { get; }

    public DatagramSender Sender { get; }

    public bool SegmentationOffload { get; }

    public int Wait(TimeSpan limit)
    {
        var count = Libc.EpollWait(_epoll, _events, MostEvents, Milliseconds(limit));
        if (count >= 0)
        {
            return count;
        }

        var errno = Errno.Last;
        return errno == Errno.Interrupted ? 0 : throw Errno.Failure(errno, "epoll_wait");
    }

    public void Dispatch(int index)
    {
        var entry = new ReadOnlySpan<byte>(_events + index * EventSize, EventSize);
        var token = BinaryPrimitives.ReadUInt64LittleEndian(entry[DataOffset..]);
        if (token == 0)
        {
            ulong count;
            _ = Libc.Read(_wakeUp, &count, sizeof(ulong));
            return;
        }

        // A descriptor closed earlier in this turn left its index to another generation, or to nobody.
        if (_descriptors[(int)(uint)token] is { } descriptor && descriptor.Token == token)
        {
            descriptor.Dispatch(BinaryPrimitives.ReadUInt32LittleEndian(entry));
        }
    }

    public void Wake()
    {
        ulong one = 1;
        _ = Libc.Write(_wakeUp, &one, sizeof(ulong));
    }

    public IDatagramDescriptor OpenUdp(TransportAddress local, UdpSocketOptions options, IDescriptorEvents events) =>
        LinuxDatagramDescriptor.Open(this, local, options, events);

    public IListenDescriptor OpenTcp(TransportAddress local, TcpServerOptions options, IDescriptorEvents events) =>
        LinuxListenDescriptor.Open(this, local, options, events);

    public IStreamDescriptor OpenStream(int descriptor, IDescriptorEvents events) => new LinuxStreamDescriptor(this, descriptor, events);

    public void Dispose()
    {
        _ = Libc.Close(_epoll);
        _ = Libc.Close(_wakeUp);
        Receiver.Dispose();
        Sender.Dispose();
        NativeMemory.Free(_events);
    }

    /// <summary>Gives <paramref name="descriptor"/> its token.</summary>
    public ulong Add(EpollDescriptor descriptor)
    {
        if (!_freeIndices.TryPop(out var index))
        {
            index = _descriptors.Count;
            _descriptors.Add(null);
        }

        _descriptors[index] = descriptor;
        _generation = _generation == uint.MaxValue ? 1 : _generation + 1;
        return (ulong)_generation << 32 | (uint)index;
    }

    public void Remove(EpollDescriptor descriptor)
    {
        var index = (int)(uint)descriptor.Token;
        _descriptors[index] = null;
        _freeIndices.Push(index);
    }

    public void Control(int operation, int descriptor, uint events, ulong token)
    {
        var entry = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(new Span<byte>(entry, 4), events);
        BinaryPrimitives.WriteUInt64LittleEndian(new Span<byte>(entry + DataOffset, sizeof(ulong)), token);
        if (Libc.EpollControl(_epoll, operation, descriptor, entry) < 0)
        {
            throw Errno.Failure(Errno.Last, "epoll_ctl");
        }
    }

    private static int Milliseconds(TimeSpan limit)
    {
        if (limit < TimeSpan.Zero)
        {
            return -1;
        }

        // Rounded up: a timer must not be waited for too short, which would spin until it is due.
        var milliseconds = (limit.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        return (int)Math.Min(milliseconds, int.MaxValue);
    }
}
