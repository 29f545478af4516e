using Bisque.Engine.Tests.Worlds;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Closing;

/// <summary>Thousands of transports come and go: the worker is as it was.</summary>
[Collection(RunsAlone.Name)]
public sealed class ChurnTests
{
    private const int WarmUp = 500;
    private const int Cycles = 1500;

    [Fact]
    public void Transports_that_come_and_go_leave_no_handler_socket_timer_or_memory()
    {
        using var world = new World();
        var handlers = world.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers.Count;
        Run(0, WarmUp);
        var rented = world.Loop.Packets.Rented;
        var idle = world.Worker.Context.Packets.IdleCount;
        var kept = GC.GetTotalMemory(forceFullCollection: true);
        Assert.True(idle > 0);

        Run(WarmUp, Cycles);

        var growth = GC.GetTotalMemory(forceFullCollection: true) / (double)kept - 1;
        var dump = world.Worker.Dump();
        Assert.Equal(handlers, dump.ChannelMessageHandlers.ChannelRequestHandlers.Count);
        Assert.Empty(dump.ChannelMessageHandlers.ChannelNotificationHandlers);
        Assert.Empty(dump.WebRtcServerIds);
        Assert.Empty(world.Router.Dump().TransportIds);
        Assert.Equal((0, 0, 0), (world.Network.SocketCount, world.Network.ListenerCount, world.Network.StreamCount));
        Assert.Equal(0, world.Loop.ActiveTimers);
        Assert.Equal(rented, world.Loop.Packets.Rented);
        Assert.Equal(idle, world.Worker.Context.Packets.IdleCount);
        Assert.Equal(0, world.Worker.FaultCount);
        Assert.InRange(growth, -1, 0.10);

        void Run(int first, int count)
        {
            for (var i = first; i < first + count; i++)
            {
                Churn.Cycle(world, i);
            }
        }
    }
}
