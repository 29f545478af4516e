using Bisque.Net;
using Bisque.Net.Backends;
using Bisque.Net.Buffers;
using Bisque.Primitives;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>A bound socket of a <see cref="VirtualNetwork"/>.</summary>
internal sealed class VirtualDatagramDescriptor(VirtualNetwork network, TransportAddress local, IDescriptorEvents events)
    : IDatagramDescriptor, IVirtualSource
{
    private readonly Queue<(byte[] Datagram, TransportAddress From)> _arrived = new(1024);

    public TransportAddress Local => local;

    public bool IsClosed { get; private set; }

    public bool IsReady => _arrived.Count > 0;

    public void Dispatch() => events.OnReadable();

    public void Add(byte[] datagram, TransportAddress from) => _arrived.Enqueue((datagram, from));

    public void Receive(ReceiveArena arena, ref UdpSocketCounters counters)
    {
        var count = Math.Min(network.BatchSize, ReceiveArena.Size);
        for (var i = 0; i < count && _arrived.TryDequeue(out var next); i++)
        {
            if (next.Datagram.Length > PacketBuffer.Capacity)
            {
                counters.OversizeDropped++;
                continue;
            }

            var buffer = arena[i];
            next.Datagram.CopyTo(buffer.Array.AsSpan(buffer.Offset));
            arena.Add(i, next.Datagram.Length, next.From, network.Now);
        }
    }

    public SendOutcome Send(ReadOnlySpan<byte> datagram, in TransportAddress remote)
    {
        network.SendFromWorker(datagram, local, remote);
        return SendOutcome.Sent;
    }

    public int SendRange(SendBatch batch, int first, int end, ref UdpSocketCounters counters)
    {
        network.SendCalls++;
        for (; first < end; first++)
        {
            ref readonly var entry = ref batch.Entries[first];
            Send(batch.Bytes(entry), entry.Remote);
            counters.DatagramsSent++;
            counters.BytesSent += entry.Length;
        }

        return end;
    }

    public void Watch(bool reading, bool writing)
    {
    }

    public void Dispose()
    {
        IsClosed = true;
        _arrived.Clear();
        network.Close(this);
    }
}
