using Bisque.Testing;

namespace Bisque.Rtp.Tests.Captures;

/// <summary>Opus as Chromium, with discontinuous transmission, and ffmpeg send it.</summary>
public sealed class OpusCaptureTests
{
    private const int FrameTicks = 960;

    [Fact]
    public void Chromium_sends_next_to_nothing_while_nobody_speaks()
    {
        var capture = RtpCapture.Load("chromium-opus-dtx");
        var (silence, sound) = (capture.Description.Events["silence"], capture.Description.Events["sound"]);
        var packets = CapturedMedia.Read(capture);

        // The encoder goes on for a while before it takes the silence for one.
        var silent = packets.Where(packet => packet.At > silence + 500_000 && packet.At < sound).ToArray();
        Assert.InRange(silent.Length, 4, 10);
        Assert.All(silent, packet => Assert.InRange(packet.Payload.Length, 1, 3));
        var spoken = packets.Where(packet => packet.At < silence || packet.At > sound + 100_000).ToArray();
        Assert.InRange(spoken.Length, 80, 110);
        Assert.All(spoken, packet => Assert.InRange(packet.Payload.Length, 50, 150));
    }

    [Fact]
    public void Each_frame_of_nothing_but_the_TOC_byte_is_told_from_sound_and_followed_by_a_pause_of_400_ms()
    {
        var capture = RtpCapture.Load("chromium-opus-dtx");
        var packets = CapturedMedia.Read(capture);
        var empty = Enumerable.Range(0, packets.Count).Where(i => packets[i].Info.IsDtx).ToArray();

        Assert.InRange(empty.Length, 3, 8);
        Assert.All(packets, packet => Assert.Equal(packet.Payload.Length == 1, packet.Info.IsDtx));
        Assert.All(packets.Zip(packets.Skip(1)), pair =>
        {
            var step = (int)(pair.Second.Timestamp - pair.First.Timestamp);
            Assert.Equal(0, step % FrameTicks);
            Assert.True(pair.First.Info.IsDtx || step == FrameTicks);
        });
        Assert.All(empty[..^1], i => Assert.Equal(20 * FrameTicks, (int)(packets[i + 1].Timestamp - packets[i].Timestamp)));
    }

    [Fact]
    public void The_marker_is_where_sound_begins_after_silence()
    {
        var capture = RtpCapture.Load("chromium-opus-dtx");
        var packets = CapturedMedia.Read(capture);

        var begin = Assert.Single(packets, packet => packet.Marker);
        Assert.InRange(begin.At, capture.Description.Events["sound"], capture.Description.Events["sound"] + 100_000);
    }

    [Fact]
    public void Ffmpeg_sends_a_frame_of_sound_every_20_ms()
    {
        var packets = CapturedMedia.Read(RtpCapture.Load("ffmpeg-opus"));

        Assert.InRange(packets.Count, 100, 200);
        Assert.All(packets, packet => Assert.False(packet.Info.IsDtx || packet.Info.IsKeyFrame));
        Assert.All(packets.Zip(packets.Skip(1)), pair => Assert.Equal(FrameTicks, (int)(pair.Second.Timestamp - pair.First.Timestamp)));
    }
}
