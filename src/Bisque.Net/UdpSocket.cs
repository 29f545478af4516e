using Bisque.Net.Backends;
using Bisque.Net.Buffers;
using Bisque.Primitives;

namespace Bisque.Net;

/// <summary>
/// A bound UDP socket of an <see cref="EventLoop"/>. Sending never blocks and never throws for what the network does; what the
/// kernel has no room for waits in a bounded queue.
/// </summary>
public sealed class UdpSocket : IDisposable, IDescriptorEvents
{
    private readonly EventLoop _loop;
    private readonly IDatagramHandler _handler;
    private readonly IDatagramDescriptor _descriptor;
    private readonly DatagramQueue _queue = new();
    private UdpSocketCounters _counters;
    private PortLease? _lease;
    private bool _isClosed;

    internal UdpSocket(EventLoop loop, ILoopBackend backend, TransportAddress local, UdpSocketOptions options, IDatagramHandler handler)
    {
        _loop = loop;
        _handler = handler;
        _descriptor = backend.OpenUdp(local, options, this);
        Local = _descriptor.Local;
    }

    /// <summary>The address and port that the socket is bound to.</summary>
    public TransportAddress Local { get; }

    /// <summary>What the socket has done so far.</summary>
    public UdpSocketCounters Counters => _counters;

    /// <summary>Datagrams that wait for room in the kernel.</summary>
    public int QueuedDatagrams => _queue.Count;

    /// <summary>Whether <see cref="Dispose"/> was called.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Sends one datagram now, or after those that already wait. A closed socket ignores it.</summary>
    public void Send(ReadOnlySpan<byte> datagram, TransportAddress remote)
    {
        if (_isClosed)
        {
            return;
        }

        if (_queue.Count > 0 || Offer(datagram, remote) == SendOutcome.WouldBlock)
        {
            Enqueue(datagram, remote);
        }
    }

    /// <summary>Closes the socket and gives its port back. What waits is lost; the handler is not called any more.</summary>
    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _queue.Clear();
        _descriptor.Dispose();
        _lease?.Dispose();
    }

    void IDescriptorEvents.OnReadable()
    {
        var arena = _loop.Arena;
        _descriptor.Receive(arena, ref _counters);
        try
        {
            var batch = arena.Batch;
            if (batch.Length > 0)
            {
                Count(batch);
                _handler.OnDatagrams(this, batch);
            }
        }
        finally
        {
            arena.Recycle();
        }
    }

    void IDescriptorEvents.OnWritable()
    {
        while (_queue.Count > 0)
        {
            var datagram = _queue.First(out var remote);
            if (Offer(datagram, remote) == SendOutcome.WouldBlock)
            {
                return;
            }

            _queue.RemoveFirst();
        }

        _descriptor.Watch(reading: true, writing: false);
    }

    /// <summary>Gives <paramref name="lease"/> back when the socket closes.</summary>
    internal void Own(PortLease lease) => _lease = lease;

    internal void SendRange(SendBatch batch, int first, int end)
    {
        if (_isClosed)
        {
            return;
        }

        if (_queue.Count == 0)
        {
            first = _descriptor.SendRange(batch, first, end, ref _counters);
        }

        foreach (ref readonly var entry in batch.Entries[first..end])
        {
            Enqueue(batch.Bytes(entry), entry.Remote);
        }
    }

    private SendOutcome Offer(ReadOnlySpan<byte> datagram, in TransportAddress remote)
    {
        var outcome = _descriptor.Send(datagram, remote);
        if (outcome == SendOutcome.Sent)
        {
            _counters.DatagramsSent++;
            _counters.BytesSent += datagram.Length;
        }
        else if (outcome == SendOutcome.Failed)
        {
            _counters.SendErrors++;
        }

        return outcome;
    }

    private void Enqueue(ReadOnlySpan<byte> datagram, in TransportAddress remote)
    {
        if (_queue.Count == 0)
        {
            _descriptor.Watch(reading: true, writing: true);
        }

        _counters.QueueDropped += _queue.Add(datagram, remote);
    }

    private void Count(ReadOnlySpan<ReceivedDatagram> batch)
    {
        _counters.DatagramsReceived += batch.Length;
        foreach (ref readonly var datagram in batch)
        {
            _counters.BytesReceived += datagram.Buffer.Length;
        }
    }
}
