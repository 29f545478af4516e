using Bisque.Primitives;

namespace Bisque.Congestion.Tests;

/// <summary>The maximum of what may come in, told to senders that estimate by themselves.</summary>
public sealed class IncomingLimitTests
{
    private static readonly Bitrate Limit = new(400_000);

    private readonly ServerUnderTest _test = new(CongestionControlMode.TransportCc);
    private int _number;

    public IncomingLimitTests() => _test.Server.Stop();

    [Fact]
    public void Without_a_limit_there_is_no_REMB()
    {
        ReceiveFor(5000);

        Assert.Empty(_test.Rtcp.Packets);
    }

    [Fact]
    public void The_limit_is_told_on_arrival_and_again_every_one_and_a_half_seconds()
    {
        _test.Server.SetMaxIncomingBitrate(Limit, _test.Now);
        Assert.Empty(_test.Rtcp.Packets);
        _test.RunFor(5000);
        Assert.Empty(_test.Rtcp.Packets);

        _test.Receive(_number++);
        Assert.Equal(Limit, Assert.Single(_test.Rtcp.TakeRembs()).Bitrate);
        ReceiveFor(1500);
        Assert.Empty(_test.Rtcp.Packets);
        ReceiveFor(100);
        Assert.Equal(Limit, Assert.Single(_test.Rtcp.TakeRembs()).Bitrate);
    }

    [Fact]
    public void A_removal_is_told_four_times_the_first_at_once()
    {
        _test.Server.SetMaxIncomingBitrate(Limit, _test.Now);
        ReceiveFor(100);
        _test.Rtcp.Packets.Clear();

        _test.Server.SetMaxIncomingBitrate(Bitrate.Zero, _test.Now);
        Assert.Equal(Bitrate.Zero, Assert.Single(_test.Rtcp.TakeRembs()).Bitrate);

        ReceiveFor(20_000);
        var rembs = _test.Rtcp.TakeRembs();
        Assert.Equal(3, rembs.Count);
        Assert.All(rembs, remb => Assert.Equal(Bitrate.Zero, remb.Bitrate));
    }

    [Fact]
    public void A_new_limit_ends_the_reports_of_the_removal()
    {
        _test.Server.SetMaxIncomingBitrate(Limit, _test.Now);
        _test.Server.SetMaxIncomingBitrate(Bitrate.Zero, _test.Now);
        _test.Server.SetMaxIncomingBitrate(Limit, _test.Now);
        _test.Rtcp.Packets.Clear();

        ReceiveFor(5000);

        Assert.All(_test.Rtcp.TakeRembs(), remb => Assert.Equal(Limit, remb.Bitrate));
    }

    [Fact]
    public void Removing_what_was_never_set_tells_nothing()
    {
        _test.Server.SetMaxIncomingBitrate(Bitrate.Zero, _test.Now);
        ReceiveFor(5000);

        Assert.Empty(_test.Rtcp.Packets);
    }

    private void ReceiveFor(int milliseconds)
    {
        for (var i = 0; i < milliseconds; i += 20)
        {
            _test.RunFor(20);
            _test.Receive(_number++);
        }
    }
}
