using Bisque.Engine.Tests.Worlds;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Data;

/// <summary>A message takes its way without allocation. Measured while nothing else runs.</summary>
[Collection(RunsAlone.Name)]
public sealed class DataAllocationTests
{
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

        Assert.Equal(0, AllocationAssert.BytesAllocated(() => producer.Send(53, message, subchannels, 1, 9)));
        Assert.Equal(12_000, world.Events.DirectMessages);
    }
}
