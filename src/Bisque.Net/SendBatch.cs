using Bisque.Primitives;

namespace Bisque.Net;

/// <summary>
/// The outgoing packets of one turn. Reserve slots, write into them, commit them in the order in which they shall leave, and
/// flush: consecutive packets of one socket or connection go out in few system calls. The order of commits is kept for each destination.
/// </summary>
public sealed class SendBatch
{
    /// <summary>Slots: as many jobs as an outbox gathers before it sends.</summary>
    public const int Capacity = 256;

    private readonly byte[] _slots = GC.AllocateUninitializedArray<byte>(Capacity * SendSlot.Capacity, pinned: true);
    private readonly Entry[] _entries = new Entry[Capacity];
    private int _reserved;

    internal SendBatch()
    {
    }

    /// <summary>Committed datagrams that wait for <see cref="Flush"/>.</summary>
    public int Count { get; private set; }

    internal ReadOnlySpan<Entry> Entries => _entries.AsSpan(0, Count);

    /// <summary>Takes a free slot; several may be held at once. False when all are taken until <see cref="Flush"/>.</summary>
    public bool TryReserve(out SendSlot slot)
    {
        if (_reserved == Capacity)
        {
            slot = default;
            return false;
        }

        slot = new SendSlot(_slots, _reserved++);
        return true;
    }

    /// <summary>Appends the first <paramref name="length"/> bytes of a reserved slot to what is going to be sent. Each slot once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or above <see cref="SendSlot.Capacity"/>.</exception>
    /// <exception cref="InvalidOperationException">The slot was not reserved since the last flush.</exception>
    public void Commit(in SendSlot slot, UdpSocket socket, TransportAddress remote, int length) =>
        Append(slot, socket, null, remote, length);

    /// <summary>The same for a connection, to which the bytes go as one frame (<see cref="TcpConnection.WritePacket"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or above <see cref="SendSlot.Capacity"/>.</exception>
    /// <exception cref="InvalidOperationException">The slot was not reserved since the last flush.</exception>
    public void Commit(in SendSlot slot, TcpConnection connection, int length) =>
        Append(slot, null, connection, connection.Remote, length);

    private void Append(in SendSlot slot, UdpSocket? socket, TcpConnection? connection, TransportAddress remote, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)SendSlot.Capacity, nameof(length));
        if (slot.Array != _slots || slot.Index >= _reserved || Count == Capacity)
        {
            throw new InvalidOperationException("The slot is not reserved in this batch.");
        }

        _entries[Count++] = new Entry(socket, connection, remote, slot.Index, length);
    }

    /// <summary>
    /// Sends what was committed and takes back all slots, also those reserved but not committed. What the kernel has no room for
    /// is copied to the sockets' queues. Never throws for what the network does.
    /// </summary>
    public void Flush()
    {
        for (var first = 0; first < Count;)
        {
            var (socket, connection) = (_entries[first].Socket, _entries[first].Connection);
            var end = first + 1;
            while (end < Count && _entries[end].Socket == socket && _entries[end].Connection == connection)
            {
                end++;
            }

            socket?.SendRange(this, first, end);
            connection?.SendRange(this, first, end);
            first = end;
        }

        Array.Clear(_entries, 0, Count);
        Count = 0;
        _reserved = 0;
    }

    internal ReadOnlySpan<byte> Bytes(in Entry entry) => _slots.AsSpan(entry.Slot * SendSlot.Capacity, entry.Length);

    internal readonly record struct Entry(UdpSocket? Socket, TcpConnection? Connection, TransportAddress Remote, int Slot, int Length);
}
