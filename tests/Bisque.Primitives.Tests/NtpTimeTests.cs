using CsCheck;

namespace Bisque.Primitives.Tests;

public sealed class NtpTimeTests
{
    [Fact]
    public void The_unix_epoch_is_2208988800_seconds_after_1900()
    {
        var epoch = NtpTime.FromUnixMicroseconds(0);

        Assert.Equal(NtpTime.UnixEpochSeconds, epoch.Seconds);
        Assert.Equal(0u, epoch.Fraction);
    }

    [Fact]
    public void Half_a_second_is_half_of_the_fraction() =>
        Assert.Equal(0x8000_0000u, NtpTime.FromUnixMicroseconds(1_500_000).Fraction);

    [Fact]
    public void Compact_form_is_the_middle_of_the_timestamp() =>
        Assert.Equal(0x2222_3333u, new NtpTime(0x1111_2222, 0x3333_4444).Compact);

    [Fact]
    public void Microseconds_survive_the_round_trip() =>
        Gen.Long[-1_000_000_000, 2_000_000_000_000_000].Sample(value =>
            Assert.Equal(value, NtpTime.FromUnixMicroseconds(value).ToUnixMicroseconds()));

    [Fact]
    public void The_clock_keeps_its_first_offset()
    {
        var clock = new NtpClock(DateTimeOffset.UnixEpoch.AddSeconds(100), MonotonicTime.FromMilliseconds(5_000));

        Assert.Equal(NtpTime.FromUnixMicroseconds(102_000_000), clock.ToNtp(MonotonicTime.FromMilliseconds(7_000)));
        Assert.Equal(MonotonicTime.FromMilliseconds(7_000), clock.ToMonotonic(NtpTime.FromUnixMicroseconds(102_000_000)));
    }
}
