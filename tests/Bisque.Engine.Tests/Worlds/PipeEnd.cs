using Bisque.Primitives;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>Stands in one network for the pipe transport of a worker in another, and passes datagrams on to the network over there.</summary>
internal sealed class PipeEnd(VirtualNetwork network, ushort port, TransportAddress worker) : VirtualPeer(network, port, worker)
{
    /// <summary>The stand-in in the other network.</summary>
    public PipeEnd? Other { get; set; }

    /// <summary>Says which datagrams of this side's worker never reach the other.</summary>
    public Func<byte[], bool>? Loses { get; set; }

    protected override void Receive(byte[] datagram, TransportAddress from)
    {
        if (Loses?.Invoke(datagram) != true)
        {
            Other!.SendDatagram(datagram);
        }
    }
}
