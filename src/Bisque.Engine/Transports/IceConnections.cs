using System.Diagnostics.CodeAnalysis;
using Bisque.Engine.Internal;
using Bisque.Ice;
using Bisque.Net;
using Bisque.Primitives;

namespace Bisque.Engine.Transports;

/// <summary>
/// The TCP connections of an <see cref="IceListener"/>, by tuple. Whoever connects and proves nothing is disconnected after a while,
/// or earlier to make room for others.
/// </summary>
internal sealed class IceConnections : IDisposable
{
    private readonly WorkerContext _context;
    private readonly IIcePacketHandler _handler;
    private readonly IceListenerLimits _limits;
    private readonly Dictionary<IceTuple, IceConnection> _byTuple = [];

    /// <summary>Oldest first, and so in the order of their deadlines.</summary>
    private readonly LinkedList<IceConnection> _unproven = [];
    private readonly LoopTimer _timer;
    private long _framesDropped;

    public IceConnections(WorkerContext context, IIcePacketHandler handler, IceListenerLimits limits)
    {
        _context = context;
        _handler = handler;
        _limits = limits;
        _timer = context.Loop.CreateTimer(CloseOverdue);
    }

    public int Count => _byTuple.Count;

    public int UnprovenCount => _unproven.Count;

    /// <summary>Connections closed because they proved nothing in time or had to make room.</summary>
    public long Evicted { get; private set; }

    /// <summary>Connections closed because of what they sent.</summary>
    public long Broken { get; private set; }

    /// <summary>Packets that are larger than any of RTP, RTCP, STUN or DTLS over a network path.</summary>
    public long OversizePackets { get; private set; }

    /// <summary>Outgoing frames that a connection had no room for.</summary>
    public long FramesDropped => _framesDropped + _byTuple.Values.Sum(connection => connection.Connection.FramesDropped);

    public bool TryFind(in IceTuple tuple, [MaybeNullWhen(false)] out TcpConnection connection)
    {
        connection = _byTuple.TryGetValue(tuple, out var found) ? found.Connection : null;
        return connection is not null;
    }

    public ITcpConnectionHandler Add(TransportAddress local, TcpConnection connection)
    {
        var tuple = new IceTuple(TransportProtocol.Tcp, local, connection.Remote);

        // The kernel reuses an address pair only when the former connection is over, even if that was not read yet.
        if (_byTuple.TryGetValue(tuple, out var former))
        {
            Break(former);
        }

        MakeRoom(connection.Remote.Address);
        var added = new IceConnection(this, tuple, connection, _context.Now + IceListenerLimits.ProofTimeout);
        _byTuple.Add(tuple, added);
        added.Unproven = _unproven.AddLast(added);
        Schedule();
        return added;
    }

    /// <summary>A valid check came over <paramref name="tuple"/>: from now on the transport decides how long the connection lives.</summary>
    public void Prove(in IceTuple tuple)
    {
        if (_byTuple.TryGetValue(tuple, out var connection) && !connection.IsProven)
        {
            _unproven.Remove(connection.Unproven!);
            connection.Unproven = null;
            Schedule();
        }
    }

    /// <summary>Closes the connection of <paramref name="tuple"/>, if there is one; its owner knows.</summary>
    public void Close(in IceTuple tuple)
    {
        if (_byTuple.TryGetValue(tuple, out var connection))
        {
            Forget(connection);
            connection.Connection.Close();
        }
    }

    public void OnPacket(IceConnection connection, ReadOnlySpan<byte> packet)
    {
        if (packet.Length > PacketBuffer.Capacity)
        {
            OversizePackets++;
            return;
        }

        var buffer = _context.Loop.Packets.Rent();
        try
        {
            buffer.Length = packet.Length;
            buffer.ReceivedAt = _context.Now;
            packet.CopyTo(buffer.Span);
            _handler.OnPacket(connection.Tuple, buffer);
        }
        finally
        {
            buffer.Release();
        }
    }

    /// <summary>Ends a connection for what its peer sent.</summary>
    public void Break(IceConnection connection)
    {
        Broken++;
        connection.Connection.Close();
        OnClosed(connection);
    }

    /// <summary>The connection is over, and not because its owner wanted it.</summary>
    public void OnClosed(IceConnection connection)
    {
        Forget(connection);

        // Of those that proved nothing nobody knows.
        if (connection.IsProven)
        {
            _handler.OnConnectionClosed(connection.Tuple);
        }
    }

    public void Dispose()
    {
        _timer.Stop();
        foreach (var connection in _byTuple.Values)
        {
            _framesDropped += connection.Connection.FramesDropped;
            connection.Connection.Close();
        }

        _byTuple.Clear();
        _unproven.Clear();
    }

    /// <summary>Evicts the oldest of an address that takes more than its share, otherwise the oldest of all when it is full.</summary>
    private void MakeRoom(IpAddress newcomer)
    {
        IceConnection? oldestOfAddress = null;
        var ofAddress = 0;
        foreach (var connection in _unproven)
        {
            if (connection.Connection.Remote.Address == newcomer)
            {
                oldestOfAddress ??= connection;
                ofAddress++;
            }
        }

        if (ofAddress >= _limits.MostUnprovenOfOneAddress)
        {
            Evict(oldestOfAddress!);
        }
        else if (_unproven.Count >= _limits.MostUnproven)
        {
            Evict(_unproven.First!.Value);
        }
    }

    private void CloseOverdue()
    {
        while (_unproven.First is { } oldest && oldest.Value.ProofDeadline <= _context.Now)
        {
            Evict(oldest.Value);
        }

        Schedule();
    }

    private void Evict(IceConnection connection)
    {
        Evicted++;
        Close(connection.Tuple);
    }

    private void Forget(IceConnection connection)
    {
        _framesDropped += connection.Connection.FramesDropped;
        _byTuple.Remove(connection.Tuple);
        if (!connection.IsProven)
        {
            _unproven.Remove(connection.Unproven!);
            Schedule();
        }
    }

    private void Schedule()
    {
        if (_unproven.First is not { } oldest)
        {
            _timer.Stop();
        }
        else if (!_timer.IsActive || _timer.Deadline != oldest.Value.ProofDeadline)
        {
            _timer.Start(oldest.Value.ProofDeadline);
        }
    }
}
