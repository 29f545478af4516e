using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Data;

/// <summary>A data consumer that goes before there is an association.</summary>
public sealed class ClosedBeforeConnectedTests
{
    [Fact]
    public void Its_messages_do_not_come_out_of_the_next_one_on_its_stream()
    {
        using var world = new World { Base = DataWorld.Sctp };
        world.Router.CreateDirectTransport(new CreateDirectTransportRequest
        {
            TransportId = "direct",
            Options = new DirectTransportOptions { Base = DataWorld.Direct },
        }).ProduceData(DataWorld.Produce());
        var transport = world.CreatePlainTransport("plain");
        var peer = world.PeerOf(transport);
        peer.OpenSctp();

        transport.ConsumeData(DataWorld.ConsumeSctp("first", "producer", 1));
        world.DataProducer().Send(51, "for the first"u8);
        Assert.True(world.DataConsumer("first").GetBufferedAmount().BufferedAmount > 0);
        transport.CloseDataConsumer("first");
        transport.ConsumeData(DataWorld.ConsumeSctp("second", "producer", 1));
        Assert.Equal(0u, world.DataConsumer("second").GetBufferedAmount().BufferedAmount);
        world.DataProducer().Send(51, "for the second"u8);
        transport.Connect(new PlainTransportConnectRequest { Ip = peer.Address.Address.ToString(), Port = peer.Address.Port });
        world.Run(1000);

        Assert.Equal("for the second"u8.ToArray(), Assert.Single(peer.Sctp!.Messages).Bytes);
    }
}
