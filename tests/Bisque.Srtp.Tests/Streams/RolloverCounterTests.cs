using Bisque.Srtp.Streams;

namespace Bisque.Srtp.Tests.Streams;

/// <summary>The guess of the packet index (RFC 3711 section 3.3.1).</summary>
public sealed class RolloverCounterTests
{
    [Theory]
    [InlineData(0x1_0005, 0x0006, 0x1_0006)] // next
    [InlineData(0x1_0005, 0x0004, 0x1_0004)] // late
    [InlineData(0x1_ffff, 0x0000, 0x2_0000)] // wrap
    [InlineData(0x2_0001, 0xfffe, 0x1_fffe)] // late, from before the wrap
    [InlineData(0x1_0000, 0x8000, 0x1_8000)] // exactly half ahead
    [InlineData(0x1_0000, 0x8001, 0x0_8001)] // more than half: behind
    [InlineData(0x1_9000, 0x1000, 0x1_1000)] // exactly half behind
    [InlineData(0x1_9000, 0x0fff, 0x2_0fff)] // more than half: ahead
    [InlineData(0x0_0003, 0xfffe, 0x0_fffe)] // nothing comes before counter 0
    public void The_nearest_index_is_chosen(ulong highest, int sequenceNumber, ulong expected) =>
        Assert.Equal(expected, RolloverCounter.Estimate(highest, (ushort)sequenceNumber));
}
