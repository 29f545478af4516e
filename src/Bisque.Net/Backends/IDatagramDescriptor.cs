using Bisque.Net.Buffers;
using Bisque.Primitives;

namespace Bisque.Net.Backends;

/// <summary>A bound UDP socket of a back end.</summary>
internal interface IDatagramDescriptor : IDescriptor
{
    TransportAddress Local { get; }

    /// <summary>Fills <paramref name="arena"/> with what has arrived, up to its size.</summary>
    void Receive(ReceiveArena arena, ref UdpSocketCounters counters);

    SendOutcome Send(ReadOnlySpan<byte> datagram, in TransportAddress remote);

    /// <summary>
    /// Sends entries <paramref name="first"/> to <paramref name="end"/> (excluded) in order, all of this socket. Returns the first
    /// one that met a full kernel buffer, or <paramref name="end"/>; those before it were sent or counted as errors.
    /// </summary>
    int SendRange(SendBatch batch, int first, int end, ref UdpSocketCounters counters);
}
