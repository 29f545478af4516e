using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Bisque.Net.Buffers;
using Bisque.Net.Timers;
using Bisque.Primitives;

namespace Bisque.Net.Linux;

/// <summary>recvmmsg into the loop's arena, with the kernel's receive time stamps. One per loop, for all its sockets.</summary>
internal sealed unsafe class DatagramReceiver : IDisposable
{
    private const int ControlSize = 64;
    private const long MicrosecondsPerSecond = 1_000_000;

    // Stamps are wall-clock time, which may step: one older than this says nothing.
    private static readonly TimeSpan OldestStamp = TimeSpan.FromSeconds(1);

    private readonly EventLoop _loop;
    private readonly MultiMessage* _messages = (MultiMessage*)NativeMemory.AllocZeroed(ReceiveArena.Size, (nuint)sizeof(MultiMessage));
    private readonly IoVector* _vectors = (IoVector*)NativeMemory.AllocZeroed(ReceiveArena.Size, (nuint)sizeof(IoVector));
    private readonly byte* _names = (byte*)NativeMemory.AllocZeroed(ReceiveArena.Size, SocketAddressCodec.Size);
    private readonly byte* _controls = (byte*)NativeMemory.AllocZeroed(ReceiveArena.Size, ControlSize);

    // Slots that the last call wrote to; the others are as they were prepared.
    private int _used = ReceiveArena.Size;
    private MonotonicTime _offsetTurn = MonotonicTime.Never;
    private long _wallMinusMonotonic;

    public DatagramReceiver(EventLoop loop)
    {
        _loop = loop;
        for (var i = 0; i < ReceiveArena.Size; i++)
        {
            _vectors[i].Length = PacketBuffer.Capacity;
            ref var header = ref _messages[i].Header;
            header.Name = _names + i * SocketAddressCodec.Size;
            header.Vectors = _vectors + i;
            header.VectorCount = 1;
            header.Control = _controls + i * ControlSize;
        }
    }

    public void Receive(int descriptor, ReceiveArena arena, ref UdpSocketCounters counters)
    {
        for (var i = 0; i < _used; i++)
        {
            var buffer = arena[i];
            ref var header = ref _messages[i].Header;
            header.NameLength = SocketAddressCodec.Size;
            header.ControlLength = ControlSize;
            header.Flags = 0;

            // The pool's arrays are pinned for life: the address holds as long as the arena references the buffer.
            _vectors[i].Base = Unsafe.AsPointer(ref buffer.Array[buffer.Offset]);
        }

        var count = Libc.ReceiveMessages(descriptor, _messages, ReceiveArena.Size, LinuxConstants.MessageDoNotWait, null);
        var errno = Errno.Last;
        _used = Math.Max(count, 0);
        if (count < 0)
        {
            counters.ReceiveErrors += errno is Errno.Again or Errno.Interrupted ? 0 : 1;
            return;
        }

        RefreshOffset();
        for (var i = 0; i < count; i++)
        {
            ref var message = ref _messages[i];
            if ((message.Header.Flags & LinuxConstants.MessageTruncated) != 0)
            {
                counters.OversizeDropped++;
                continue;
            }

            var name = new ReadOnlySpan<byte>(message.Header.Name, (int)Math.Min(message.Header.NameLength, SocketAddressCodec.Size));
            if (SocketAddressCodec.TryRead(name, out var remote))
            {
                arena.Add(i, (int)message.Length, remote, ReceivedAt(message.Header));
            }
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_messages);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_names);
        NativeMemory.Free(_controls);
    }

    private MonotonicTime ReceivedAt(in MessageHeader header)
    {
        var now = _loop.Now;
        if (header.ControlLength < (nuint)(sizeof(ControlHeader) + sizeof(TimeSpecification)))
        {
            return now;
        }

        var control = (ControlHeader*)header.Control;
        if (control->Level != LinuxConstants.SolSocket || control->Type != LinuxConstants.SoTimestampNanoseconds)
        {
            return now;
        }

        var stamp = (TimeSpecification*)(control + 1);
        var wall = stamp->Seconds * MicrosecondsPerSecond + stamp->Nanoseconds / 1000;
        return MonotonicTime.Max(now - OldestStamp, MonotonicTime.Min(now, new MonotonicTime(wall - _wallMinusMonotonic)));
    }

    private void RefreshOffset()
    {
        if (_offsetTurn == _loop.Now)
        {
            return;
        }

        _offsetTurn = _loop.Now;
        var wall = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        _wallMinusMonotonic = wall - MonotonicClock.Read().Microseconds;
    }
}
