using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Bisque.Net.Backends;

namespace Bisque.Net.Linux;

/// <summary>
/// sendmmsg over the entries of a batch, with runs of one size to one receiver as one segmented message (UDP_SEGMENT: the kernel cuts the
/// bytes into datagrams). One per loop, for all its sockets.
/// </summary>
internal sealed unsafe class DatagramSender : IDisposable
{
    // UDP_MAX_SEGMENTS of the kernels before 6.10; newer ones take 128.
    private const int MostSegments = 64;

    // What fits the 16-bit length of an IPv6 packet with its UDP header.
    private const int MostSegmentedBytes = 65_535 - 40 - 8;

    private const int ControlSize = 32;
    private const int ControlSpace = 24;

    private readonly MultiMessage* _messages = (MultiMessage*)NativeMemory.AllocZeroed(SendBatch.Capacity, (nuint)sizeof(MultiMessage));
    private readonly IoVector* _vectors = (IoVector*)NativeMemory.AllocZeroed(SendBatch.Capacity, (nuint)sizeof(IoVector));
    private readonly byte* _names = (byte*)NativeMemory.AllocZeroed(SendBatch.Capacity, SocketAddressCodec.Size);
    private readonly byte* _controls = (byte*)NativeMemory.AllocZeroed(SendBatch.Capacity, ControlSize);
    private int _messageCount;
    private int _vectorCount;

    public DatagramSender()
    {
        for (var i = 0; i < SendBatch.Capacity; i++)
        {
            _messages[i].Header.Name = _names + i * SocketAddressCodec.Size;
            var control = (ControlHeader*)(_controls + i * ControlSize);
            control->Length = (nuint)sizeof(ControlHeader) + sizeof(ushort);
            control->Level = LinuxConstants.SolUdp;
            control->Type = LinuxConstants.UdpSegment;
        }
    }

    /// <summary>See <see cref="IDatagramDescriptor.SendRange"/>.</summary>
    public int Send(LinuxDatagramDescriptor socket, SendBatch batch, int first, int end, ref UdpSocketCounters counters)
    {
        while (first < end)
        {
            var built = Build(socket, batch, first, end);
            var stopped = SendBuilt(socket, batch, first, ref counters);
            if (stopped < built)
            {
                return stopped;
            }

            first = built;
            if (first < end)
            {
                // The entry whose address does not fit the socket.
                counters.SendErrors++;
                first++;
            }
        }

        return end;
    }

    public void Dispose()
    {
        NativeMemory.Free(_messages);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_names);
        NativeMemory.Free(_controls);
    }

    /// <summary>Makes messages of the entries from <paramref name="first"/> on; returns the first entry not taken in.</summary>
    private int Build(LinuxDatagramDescriptor socket, SendBatch batch, int first, int end)
    {
        var entries = batch.Entries;
        _messageCount = 0;
        _vectorCount = 0;
        while (first < end)
        {
            ref readonly var entry = ref entries[first];
            var name = _names + _messageCount * SocketAddressCodec.Size;
            var nameLength = SocketAddressCodec.Write(entry.Remote, socket.Family, new Span<byte>(name, SocketAddressCodec.Size));
            if (nameLength == 0)
            {
                break;
            }

            var runEnd = socket.Segmentation.IsEnabled ? RunEnd(entries, first, end) : first + 1;
            ref var header = ref _messages[_messageCount].Header;
            header.NameLength = nameLength;
            header.Vectors = _vectors + _vectorCount;
            header.VectorCount = (nuint)(runEnd - first);
            var isSegmented = runEnd - first > 1;
            var control = _controls + _messageCount * ControlSize;
            *(ushort*)(control + sizeof(ControlHeader)) = (ushort)entry.Length;
            header.Control = isSegmented ? control : null;
            header.ControlLength = isSegmented ? ControlSpace : 0u;
            _messageCount++;
            for (; first < runEnd; first++)
            {
                var bytes = batch.Bytes(entries[first]);

                // The batch's slots are one array, pinned for life.
                _vectors[_vectorCount].Base = Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
                _vectors[_vectorCount++].Length = (nuint)bytes.Length;
            }
        }

        return first;
    }

    /// <summary>Where the run of datagrams ends that may leave as one: same receiver, same size, only the last may be shorter.</summary>
    private static int RunEnd(ReadOnlySpan<SendBatch.Entry> entries, int first, int end)
    {
        ref readonly var start = ref entries[first];
        var most = start.Length == 0 ? 1 : Math.Min(MostSegments, MostSegmentedBytes / start.Length);
        end = Math.Min(end, first + most);
        var next = first + 1;
        while (next < end && entries[next].Length <= start.Length && entries[next].Length > 0 && entries[next].Remote == start.Remote)
        {
            if (entries[next++].Length < start.Length)
            {
                break;
            }
        }

        return next;
    }

    /// <summary>Sends what was built from <paramref name="entry"/> on; returns the first entry that met a full buffer, or the end.</summary>
    private int SendBuilt(LinuxDatagramDescriptor socket, SendBatch batch, int entry, ref UdpSocketCounters counters)
    {
        for (var message = 0; message < _messageCount;)
        {
            var sent = Libc.SendMessages(
                socket.Socket, _messages + message, (uint)(_messageCount - message), LinuxConstants.MessageDoNotWait);
            if (sent > 0)
            {
                for (; sent > 0; sent--)
                {
                    entry += CountSent(socket, _messages[message++], ref counters);
                }

                continue;
            }

            var errno = Errno.Last;
            if (errno == Errno.Interrupted)
            {
                continue;
            }

            if (errno == Errno.Again)
            {
                return entry;
            }

            var segments = (int)_messages[message++].Header.VectorCount;
            if (segments > 1 && socket.Segmentation.OnRefused(errno))
            {
                var stopped = SendSingly(socket, batch, entry, entry + segments, ref counters);
                if (stopped < entry + segments)
                {
                    return stopped;
                }
            }
            else
            {
                counters.SendErrors += segments;
            }

            entry += segments;
        }

        return entry;
    }

    private static int CountSent(LinuxDatagramDescriptor socket, in MultiMessage message, ref UdpSocketCounters counters)
    {
        var segments = (int)message.Header.VectorCount;
        counters.DatagramsSent += segments;
        counters.BytesSent += message.Length;
        if (segments > 1)
        {
            counters.SegmentedSends++;
            socket.Segmentation.OnSent();
        }

        return segments;
    }

    private static int SendSingly(LinuxDatagramDescriptor socket, SendBatch batch, int first, int end, ref UdpSocketCounters counters)
    {
        for (; first < end; first++)
        {
            ref readonly var entry = ref batch.Entries[first];
            switch (socket.Send(batch.Bytes(entry), entry.Remote))
            {
                case SendOutcome.WouldBlock:
                    return first;
                case SendOutcome.Sent:
                    counters.DatagramsSent++;
                    counters.BytesSent += entry.Length;
                    break;
                default:
                    counters.SendErrors++;
                    break;
            }
        }

        return end;
    }
}
