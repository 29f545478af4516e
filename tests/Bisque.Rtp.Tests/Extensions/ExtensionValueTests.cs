using Bisque.Primitives;
using Bisque.Testing;
using CsCheck;
using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests;

public sealed class ExtensionValueTests
{
    [Fact]
    public void Every_extension_is_found_by_its_uri()
    {
        foreach (var uri in Enum.GetValues<RtpHeaderExtensionUri>())
        {
            Assert.True(RtpHeaderExtensions.TryParseUri(uri.Text(), out var found));
            Assert.Equal(uri, found);
        }

        Assert.False(RtpHeaderExtensions.TryParseUri("urn:ietf:params:rtp-hdrext:encrypt", out _));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1000, 0x04_0000)]
    [InlineData(500, 0x02_0000)]
    [InlineData(63_000, 0xfc_0000)]
    [InlineData(64_000, 0)]
    public void Abs_send_time_counts_seconds_with_18_bits_behind_the_point(int milliseconds, uint value) =>
        Assert.Equal(new AbsSendTime(value), AbsSendTime.From(milliseconds.Milliseconds()));

    [Fact]
    public void Abs_send_times_are_compared_across_their_wrap()
    {
        var before = AbsSendTime.From(63_750.Milliseconds());
        var after = AbsSendTime.From(64_250.Milliseconds());

        Assert.Equal(TimeSpan.FromMilliseconds(500), after.Since(before));
        Assert.Equal(TimeSpan.FromMilliseconds(-500), before.Since(after));
    }

    [Fact]
    public void An_audio_level_has_a_voice_bit_and_seven_bits_of_attenuation()
    {
        Assert.True(AudioLevel.TryParse(Bytes("aa"), out var level));
        Assert.Equal(new AudioLevel(42, true), level);
        Assert.True(AudioLevel.TryParse(Bytes("7f"), out level));
        Assert.Equal(new AudioLevel(127, false), level);
        Assert.False(AudioLevel.TryParse([], out _));
    }

    [Theory]
    [InlineData("00", false, false, 0)]
    [InlineData("01", false, false, 90)]
    [InlineData("0a", true, false, 180)]
    [InlineData("0f", true, true, 270)]
    public void A_video_orientation_tells_camera_flip_and_rotation(string bytes, bool back, bool flip, ushort rotation)
    {
        Assert.True(VideoOrientation.TryParse(Bytes(bytes), out var orientation));
        Assert.Equal(new VideoOrientation(back, flip, rotation), orientation);
    }

    [Fact]
    public void A_capture_time_comes_with_and_without_clock_offset()
    {
        Assert.True(AbsCaptureTime.TryParse(Bytes("e1000000 80000000"), out var time));
        Assert.Equal(new AbsCaptureTime(new NtpTime(0xe100_0000, 0x8000_0000), null), time);
        Assert.Equal(8, time.Length);

        Assert.True(AbsCaptureTime.TryParse(Bytes("e1000000 80000000 ffffffff 80000000"), out time));
        Assert.Equal(-0x8000_0000L, time.ClockOffset);
        Assert.Equal(16, time.Length);
        Assert.False(AbsCaptureTime.TryParse(Bytes("e1000000 80000000 ffffffff"), out _));
    }

    [Fact]
    public void A_clock_offset_is_moved_by_the_difference_of_the_clocks()
    {
        var time = new AbsCaptureTime(new NtpTime(1, 0), null);

        Assert.True(time.TryMoveClockOffset(1_500_000, out var moved));
        Assert.Equal(0x1_8000_0000L, moved.ClockOffset);
        Assert.True(moved.TryMoveClockOffset(-2_000_000, out moved));
        Assert.Equal(-0x8000_0000L, moved.ClockOffset);
        Assert.Equal(new NtpTime(1, 0), moved.CaptureTime);
    }

    [Fact]
    public void A_clock_offset_that_does_not_fit_its_field_is_refused()
    {
        var time = new AbsCaptureTime(new NtpTime(1, 0), long.MaxValue);

        Assert.False(time.TryMoveClockOffset(1, out _));
        Assert.True(time.TryMoveClockOffset(-1, out _));
    }

    [Fact]
    public void A_playout_delay_is_two_times_12_bits()
    {
        Assert.True(PlayoutDelay.TryParse(Bytes("123456"), out var delay));
        Assert.Equal(new PlayoutDelay(0x123, 0x456), delay);
    }

    [Fact]
    public void A_transmission_time_offset_has_a_sign() =>
        Gen.Int[-0x80_0000, 0x7f_ffff].Sample(units =>
        {
            var bytes = new byte[3];
            new TransmissionTimeOffset(units).Write(bytes);
            Assert.True(TransmissionTimeOffset.TryParse(bytes, out var offset));
            Assert.Equal(units, offset.Units);
        });

    [Fact]
    public void A_transport_wide_number_has_two_bytes()
    {
        Assert.True(TransportWideNumber.TryParse(Bytes("1234"), out var number));
        Assert.Equal(new SequenceNumber(0x1234), number);
        Assert.False(TransportWideNumber.TryParse(Bytes("123400"), out _));
    }
}
