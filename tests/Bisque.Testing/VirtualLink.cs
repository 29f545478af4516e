using Bisque.Primitives;

namespace Bisque.Testing;

/// <summary>
/// One direction of a simulated network in virtual time: delays, loses, repeats and reorders datagrams, reproducibly from its seed.
/// </summary>
public sealed class VirtualLink(ulong seed)
{
    private readonly SeededRandomSource _random = new(seed);
    private readonly PriorityQueue<byte[], (long Time, long Order)> _underWay = new();
    private long _order;

    /// <summary>The shortest time a datagram is under way.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>What a datagram may take longer. More than the distance between datagrams reorders them.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The share of datagrams that never arrives, 0 to 1.</summary>
    public double Loss { get; set; }

    /// <summary>The share of datagrams that arrives twice, 0 to 1.</summary>
    public double Duplication { get; init; }

    /// <summary>When the next datagram arrives.</summary>
    public MonotonicTime NextArrival => _underWay.TryPeek(out _, out var key) ? new(key.Time) : MonotonicTime.Never;

    /// <summary>Datagrams handed to the link.</summary>
    public int Sent { get; private set; }

    /// <summary>Takes a datagram in.</summary>
    public void Send(ReadOnlySpan<byte> datagram, MonotonicTime now)
    {
        Sent++;
        if (_random.NextDouble() < Loss)
        {
            return;
        }

        var copies = _random.NextDouble() < Duplication ? 2 : 1;
        for (; copies > 0; copies--)
        {
            var arrival = now + Delay + Jitter * _random.NextDouble();
            _underWay.Enqueue(datagram.ToArray(), (arrival.Microseconds, _order++));
        }
    }

    /// <summary>Gives out the next datagram that has arrived by <paramref name="now"/>.</summary>
    public bool TryReceive(MonotonicTime now, out byte[] datagram)
    {
        if (NextArrival > now)
        {
            datagram = [];
            return false;
        }

        datagram = _underWay.Dequeue();
        return true;
    }
}
