using System.Collections;
using Bisque.Primitives;

namespace Bisque.Net;

/// <summary>
/// Chooses ports at random within a range, and remembers those it gave out, for each protocol, bind address and range. Safe from several
/// threads, since the workers of one process share it.
/// </summary>
public sealed class PortAllocator(RandomSource random)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PortRange, Taken> _ranges = [];

    /// <summary>
    /// Walks the range once from a random start. <paramref name="bind"/> tries a port that the table has free and returns null when it
    /// holds, or the error: a port in use by someone else leads to the next one, any other error ends the search.
    /// </summary>
    /// <exception cref="ArgumentException">The range is empty.</exception>
    /// <exception cref="NetException">No port is left, or binding failed for another reason.</exception>
    public PortLease Allocate(TransportProtocol protocol, IpAddress address, ushort minimum, ushort maximum, Func<ushort, NetError?> bind)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, minimum);
        var range = new PortRange(protocol, address, minimum, maximum);
        var size = maximum - minimum + 1;
        int start;
        lock (_gate)
        {
            start = random.NextInt32(0, size - 1);
        }

        for (var i = 0; i < size; i++)
        {
            var port = (ushort)(minimum + (start + i) % size);
            if (!TryTake(range, port))
            {
                continue;
            }

            var error = Try(bind, range, port);
            if (error is null)
            {
                return new PortLease(this, range, port);
            }

            Return(range, port);
            if (error != NetError.AddressInUse)
            {
                throw new NetException(error.Value, $"Binding {protocol} {new TransportAddress(address, port)} failed: {error}.");
            }
        }

        throw new NetException(NetError.AddressInUse, $"No {protocol} port of {minimum} to {maximum} is free on {address}.");
    }

    internal void Return(PortRange range, ushort port)
    {
        lock (_gate)
        {
            if (_ranges.TryGetValue(range, out var taken))
            {
                taken.Ports[port - range.Minimum] = false;
                if (--taken.Count == 0)
                {
                    _ranges.Remove(range);
                }
            }
        }
    }

    private NetError? Try(Func<ushort, NetError?> bind, PortRange range, ushort port)
    {
        try
        {
            return bind(port);
        }
        catch
        {
            Return(range, port);
            throw;
        }
    }

    private bool TryTake(PortRange range, ushort port)
    {
        lock (_gate)
        {
            if (!_ranges.TryGetValue(range, out var taken))
            {
                _ranges[range] = taken = new Taken(new BitArray(range.Maximum - range.Minimum + 1));
            }

            var index = port - range.Minimum;
            if (taken.Ports[index])
            {
                return false;
            }

            taken.Ports[index] = true;
            taken.Count++;
            return true;
        }
    }

    private sealed class Taken(BitArray ports)
    {
        public BitArray Ports { get; } = ports;

        public int Count { get; set; }
    }
}
