using Bisque.Ice;
using Bisque.Net;
using Bisque.Primitives;

namespace Bisque.Engine.Transports;

/// <summary>A TCP connection of a WebRTC peer: takes packets out of its stream (RFC 4571).</summary>
internal sealed class IceConnection(IceConnections owner, IceTuple tuple, TcpConnection connection, MonotonicTime proofDeadline) : ITcpConnectionHandler
{
    private readonly TcpFrameReader _frames = new();

    public IceTuple Tuple => tuple;

    public TcpConnection Connection => connection;

    /// <summary>When it is closed unless a valid check came before.</summary>
    public MonotonicTime ProofDeadline => proofDeadline;

    /// <summary>Where it stands among those that a valid check has not come over; null once it has.</summary>
    public LinkedListNode<IceConnection>? Unproven { get; set; }

    public bool IsProven => Unproven is null;

    public void OnData(TcpConnection source, ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var free = _frames.Free;
            var count = Math.Min(free.Length, data.Length);
            data[..count].CopyTo(free);
            _frames.Advance(count);
            data = data[count..];
            while (_frames.TryTake(out var packet))
            {
                owner.OnPacket(this, packet);
                if (connection.IsClosed)
                {
                    return;
                }
            }

            if (_frames.IsBroken || (!IsProven && _frames.BufferedBytes > IceListenerLimits.MostUnprovenBytes))
            {
                owner.Break(this);
                return;
            }
        }
    }

    public void OnClosed(TcpConnection source, NetError? error) => owner.OnClosed(this);
}
