using Bisque.Engine.Tests.Worlds;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Data;

/// <summary>A message takes its way without allocation.</summary>
[Collection(RunsAlone.Name)]
public sealed class DataAllocationTests
{
    private const int WarmUp = 300;
    private const int Repetitions = 300;

    [Fact]
    public void A_message_from_the_owner_to_ten_consumers_allocates_nothing()
    {
        using var world = new World();
        var transport = world.CreateDirectTransport("direct", DataWorld.Direct).Transport;
        transport.ProduceData(DataWorld.Produce());
        for (var i = 0; i < 10; i++)
        {
            transport.ConsumeData(DataWorld.Consume($"consumer{i}", subchannels: [1, 2]));
        }

        world.Events.IsDeaf = true;
        var producer = world.DataProducer();
        var message = new byte[500];
        ushort[] subchannels = [7, 2];

        Assert.Equal(0, AllocationAssert.BytesAllocated(() => producer.Send(53, message, subchannels, 1, 9), WarmUp, Repetitions));
        Assert.Equal(10 * (WarmUp + Repetitions), world.Events.DirectMessages);
    }

    [Fact]
    public void A_message_of_the_owner_to_a_peer_allocates_nothing()
    {
        using var world = new World { Base = DataWorld.Sctp };
        var peer = world.ConnectPlain("peer");
        AssertSendsWithoutAllocation(world, peer);
    }

    [Fact]
    public void A_message_of_the_owner_to_a_browser_allocates_nothing()
    {
        using var world = new World { Base = DataWorld.Sctp };
        var peer = world.ConnectWebRtc("browser");
        AssertSendsWithoutAllocation(world, peer);
    }

    /// <summary>What the peer does allocates, so it does it between the worker's turns, which alone are measured.</summary>
    private static void AssertSendsWithoutAllocation(World world, MediaPeer peer)
    {
        var owner = world.CreateDirectTransport("owner", DataWorld.Direct).Transport;
        owner.ProduceData(DataWorld.Produce());
        peer.OpenSctp().IsDeaf = true;
        Call.TransportOf(peer).ConsumeData(DataWorld.ConsumeSctp("consumer", "producer", 1));
        world.Settle();
        var producer = world.DataProducer();
        var message = new byte[500];
        byte[][] room = [.. Enumerable.Range(0, 16).Select(_ => new byte[2048])];
        var lengths = new int[room.Length];
        var count = 0;
        peer.Tap = datagram =>
        {
            datagram.CopyTo(room[count]);
            lengths[count++] = datagram.Length;
        };

        var allocatedAfterWarmUp = new List<long>();
        for (var i = 0; i < WarmUp + Repetitions; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            producer.Send(53, message);
            world.Loop.RunOnce(TimeSpan.FromMilliseconds(5));
            world.Loop.RunOnce(TimeSpan.FromMilliseconds(5));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            for (var sent = 0; sent < count; sent++)
            {
                peer.Take(room[sent][..lengths[sent]]);
            }

            count = 0;
            peer.Pump();
            if (i >= WarmUp)
            {
                allocatedAfterWarmUp.Add(allocated);
            }
        }

        Assert.Equal(WarmUp + Repetitions, peer.Sctp!.MessageCount);
        Assert.InRange(allocatedAfterWarmUp.Count(allocated => allocated > 0), 0, 2);
    }
}
