using Bisque.Ice;
using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>Somebody at the other end of a transport. What kinds of peers say and understand, they add.</summary>
internal abstract class VirtualPeer
{
    private static readonly IpAddress Host = IpAddress.FromBytes([10, 0, 0, 1]);

    private readonly Queue<(byte[] Datagram, TransportAddress From)> _inbox = new();
    private readonly VirtualNetwork _network;

    protected VirtualPeer(VirtualNetwork network, ushort port, TransportAddress worker)
    {
        _network = network;
        Worker = worker;
        Address = At(port);
        network.Attach(this, Address);
    }

    /// <summary>The address that it sends from.</summary>
    public TransportAddress Address { get; private set; }

    /// <summary>The worker's address that it sends to.</summary>
    public TransportAddress Worker { get; protected set; }

    /// <summary>Takes no notice of what comes, but counts it: for measuring.</summary>
    public bool IsDeaf { get; set; }

    public long DatagramsReceived { get; private set; }

    public long BytesReceived { get; private set; }

    public long BytesSent { get; private set; }

    /// <summary>Every datagram as the worker sent it.</summary>
    public List<byte[]> Datagrams { get; } = [];

    /// <summary>Where the last datagrams of the worker were sent to: grows only while somebody listens.</summary>
    public TransportAddress LastDestination { get; private set; }

    /// <summary>The connection over which the last packet came.</summary>
    public VirtualStream? LastStream { get; private set; }

    /// <summary>What happens to datagrams on their way to the worker; null: they arrive at once.</summary>
    public VirtualLink? Uplink { get; set; }

    /// <summary>What happens to datagrams on their way from the worker; null: they arrive at once.</summary>
    public VirtualLink? Downlink { get; set; }

    /// <summary>Takes what the worker sends, in place of the inbox, from which it comes back by <see cref="Take"/>: for measuring.</summary>
    public SpanAction? Tap { get; set; }

    /// <summary>Takes outgoing datagrams instead of the network, to change or keep them.</summary>
    public Action<byte[]>? Intercept { get; set; }

    /// <summary>The connection that it sends over; null: it sends datagrams.</summary>
    public VirtualStream? Stream { get; private set; }

    public bool HasWork => _inbox.Count > 0;

    public virtual MonotonicTime NextDeadline =>
        MonotonicTime.Min(Uplink?.NextArrival ?? MonotonicTime.Never, Downlink?.NextArrival ?? MonotonicTime.Never);

    protected MonotonicTime Now => _network.Now;

    public static TransportAddress At(ushort port) => new(Host, port);

    /// <summary>Sends from another port from now on; what comes to the old one is still received.</summary>
    public void MoveTo(ushort port)
    {
        Address = At(port);
        _network.Attach(this, Address);
    }

    /// <summary>Opens a connection, from a port of its own if one is given, and sends over it from now on. Whoever keeps a former one still receives over it.</summary>
    public VirtualStream ConnectTcp(TransportAddress worker, ushort? port = null)
    {
        var stream = _network.Connect(port is { } other ? At(other) : Address, worker);
        var reader = new TcpFrameReader();
        stream.Received = bytes =>
        {
            while (!bytes.IsEmpty)
            {
                var free = reader.Free;
                var count = Math.Min(free.Length, bytes.Length);
                bytes[..count].CopyTo(free);
                reader.Advance(count);
                bytes = bytes[count..];
                while (reader.TryTake(out var packet))
                {
                    LastStream = stream;
                    Arrive(packet, worker);
                }
            }
        };
        return Stream = stream;
    }

    /// <summary>Sends over <paramref name="stream"/> from now on, or by datagrams.</summary>
    public void SendOver(VirtualStream? stream) => Stream = stream;

    /// <summary>Sends bytes as they are.</summary>
    public void SendDatagram(byte[] datagram)
    {
        if (Intercept is { } intercept)
        {
            intercept(datagram);
        }
        else
        {
            SendUnhindered(datagram);
        }
    }

    public void SendUnhindered(byte[] datagram)
    {
        BytesSent += datagram.Length;
        if (Stream is { } stream)
        {
            Span<byte> prefix = stackalloc byte[TcpFrameWriter.LengthPrefix];
            TcpFrameWriter.WritePrefix(prefix, datagram.Length);
            stream.Send(prefix);
            stream.Send(datagram);
        }
        else if (Uplink is { } uplink)
        {
            uplink.Send(datagram, Now);
        }
        else
        {
            _network.Deliver(datagram, Address, Worker);
        }
    }

    public void OnDatagramSent(ReadOnlySpan<byte> datagram, TransportAddress from, TransportAddress to)
    {
        LastDestination = to;
        LastStream = null;
        if (Tap is { } tap)
        {
            tap(datagram);
            return;
        }

        if (Downlink is { } downlink)
        {
            downlink.Send(datagram, Now);
            return;
        }

        Arrive(datagram, from);
    }

    /// <summary>A datagram of the worker arrives.</summary>
    public void Take(byte[] datagram) => Receive(datagram, Worker);

    /// <summary>Reads what has come and does what is due.</summary>
    public virtual void Pump()
    {
        while (Uplink is { } uplink && uplink.TryReceive(Now, out var sent))
        {
            _network.Deliver(sent, Address, Worker);
        }

        while (Downlink is { } downlink && downlink.TryReceive(Now, out var received))
        {
            Arrive(received, Worker);
        }

        while (_inbox.TryDequeue(out var next))
        {
            Receive(next.Datagram, next.From);
        }
    }

    protected abstract void Receive(byte[] datagram, TransportAddress from);

    private void Arrive(ReadOnlySpan<byte> datagram, TransportAddress from)
    {
        DatagramsReceived++;
        BytesReceived += datagram.Length;
        if (!IsDeaf)
        {
            var copy = datagram.ToArray();
            Datagrams.Add(copy);
            _inbox.Enqueue(((byte[])copy.Clone(), from));
        }
    }

    public delegate void SpanAction(ReadOnlySpan<byte> datagram);
}
