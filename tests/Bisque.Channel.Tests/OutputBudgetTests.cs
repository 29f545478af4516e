using Bisque.Model;

namespace Bisque.Channel.Tests;

public sealed class OutputBudgetTests
{
    [Fact]
    public void One_warning_is_given_for_each_time_the_limit_is_passed()
    {
        var budget = new OutputBudget(limit: 100);
        List<bool> warnings = [];

        foreach (var queued in new long[] { 100, 101, 200, 50, 101 })
        {
            budget.Allows(queued, out var warn);
            warnings.Add(warn);
        }

        Assert.Equal([false, true, false, false, true], warnings);
        Assert.Equal(3, budget.Dropped);
    }

    [Fact]
    public void State_events_are_never_dropped()
    {
        Assert.False(OutputBudget.IsDroppable(new ConsumerProducerCloseEvent("c")));
        Assert.False(OutputBudget.IsDroppable(new WebRtcTransportIceStateChangeEvent("t", IceState.Connected)));
        Assert.True(OutputBudget.IsDroppable(new ConsumerRtpEvent("c", new byte[] { 1 })));
        Assert.True(OutputBudget.IsDroppable(new ProducerTraceEvent("p", ProducerTraceEventType.Rtp, 1, TraceDirection.In, null)));
    }
}
