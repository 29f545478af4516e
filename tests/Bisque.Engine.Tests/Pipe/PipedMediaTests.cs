using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Pipe;

/// <summary>Media from a peer of one worker to a peer of another.</summary>
public sealed class PipedMediaTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Video_passes_both_ways(bool srtp)
    {
        using var worlds = new PipedWorlds(srtp, rtx: true);
        var (there, thereReceiver, thereSource) = Join(worlds.Near, worlds.NearPipe, worlds.Far, worlds.FarPipe, 1000, 7000);
        var (back, backReceiver, backSource) = Join(worlds.Far, worlds.FarPipe, worlds.Near, worlds.NearPipe, 2000, 8000);

        worlds.Run(5);
        there.SendRtp(thereSource.KeyFrame());
        back.SendRtp(backSource.KeyFrame());
        worlds.Run(33);
        for (var i = 0; i < 40; i++)
        {
            there.SendRtp(thereSource.Next(Payloads.Vp8DeltaFrame(100 + i)));
            back.SendRtp(backSource.Next(Payloads.Vp8DeltaFrame(200 + i)));
            worlds.Run(33);
        }

        int[] lengths = [200, .. Enumerable.Range(100, 40)];
        Assert.Equal(lengths, thereReceiver.Rtp.Select(packet => packet.Payload.Length));
        Assert.Equal([200, .. Enumerable.Range(200, 40)], backReceiver.Rtp.Select(packet => packet.Payload.Length));
        Assert.Equal(Payloads.Vp8DeltaFrame(100), thereReceiver.Rtp[1].Payload);
        Assert.Equal(0, worlds.NearPipe.Counters.UnprotectFailures + worlds.FarPipe.Counters.UnprotectFailures);
        var stats = ((PipeTransportStats)worlds.FarPipe.GetStats()).Base;
        Assert.True(stats.RtpBytesReceived > 41 * 100 && stats.RtpBytesSent > 41 * 200);
        Assert.Contains(worlds.NearEnd.Datagrams, IsRtcp);
        Assert.Contains(worlds.FarEnd.Datagrams, IsRtcp);
    }

    [Fact]
    public void Srtp_hides_the_payload_between_the_workers()
    {
        using var worlds = new PipedWorlds(srtp: true);
        var (sender, receiver, source) = Join(worlds.Near, worlds.NearPipe, worlds.Far, worlds.FarPipe, 1000, 7000);
        worlds.Run(5);
        sender.SendRtp(source.KeyFrame());
        worlds.Run(5);

        Assert.Single(receiver.Rtp);
        var key = Payloads.Vp8KeyFrame();
        Assert.All(worlds.NearEnd.Datagrams, datagram => Assert.Equal(-1, datagram.AsSpan().IndexOf(key.AsSpan(0, 20))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Packets_lost_in_the_pipe_come_again_as_rtx(bool srtp)
    {
        using var worlds = new PipedWorlds(srtp, rtx: true);
        var (sender, receiver, source) = Join(worlds.Near, worlds.NearPipe, worlds.Far, worlds.FarPipe, 1000, 7000);
        var passed = 0;
        var lost = 0;
        worlds.NearEnd.Loses = datagram =>
        {
            var isLost = !IsRtcp(datagram) && ++passed % 9 == 0;
            lost += isLost ? 1 : 0;
            return isLost;
        };
        worlds.Run(5);
        sender.SendRtp(source.KeyFrame());
        for (var i = 0; i < 100; i++)
        {
            worlds.Run(20);
            sender.SendRtp(source.Next(Payloads.Vp8DeltaFrame(300 + i)));
        }

        worlds.Run(500);

        Assert.InRange(lost, 10, 14);
        int[] sent = [200, .. Enumerable.Range(300, 100)];
        Assert.Equal(sent, receiver.Rtp.Select(packet => packet.Payload.Length).Distinct().Order());
        Assert.True(((PipeTransportStats)worlds.NearPipe.GetStats()).Base.RtxBytesSent > 0);
        Assert.True(((PipeTransportStats)worlds.FarPipe.GetStats()).Base.RtxBytesReceived > 0);
    }

    [Fact]
    public void Without_rtx_nothing_is_asked_for_again()
    {
        using var worlds = new PipedWorlds();
        var (sender, receiver, source) = Join(worlds.Near, worlds.NearPipe, worlds.Far, worlds.FarPipe, 1000, 7000, rtx: false);
        var passed = 0;
        worlds.NearEnd.Loses = datagram => !IsRtcp(datagram) && ++passed == 3;
        worlds.Run(5);
        sender.SendRtp(source.KeyFrame());
        for (var i = 0; i < 10; i++)
        {
            worlds.Run(20);
            sender.SendRtp(source.DeltaFrame());
        }

        worlds.Run(500);

        Assert.Equal(10, receiver.Rtp.Count);
        Assert.DoesNotContain(
            worlds.FarEnd.Datagrams, datagram => IsRtcp(datagram) && datagram[1] == (byte)RtcpPacketType.TransportLayerFeedback);
    }

    [Fact]
    public void A_key_frame_request_reaches_the_sender_behind_the_pipe()
    {
        using var worlds = new PipedWorlds();
        var (sender, receiver, source) = Join(worlds.Near, worlds.NearPipe, worlds.Far, worlds.FarPipe, 1000, 7000);
        worlds.Run(5);
        sender.SendRtp(source.KeyFrame());
        worlds.Run(2000);
        var asked = sender.PliCount(1000);

        receiver.SendPli(5000);
        worlds.Run(5);

        Assert.Equal(asked + 1, sender.PliCount(1000));
    }

    private static (MediaPeer Sender, MediaPeer Receiver, RtpSource Source) Join(
        World from, PipeTransport fromPipe, World to, PipeTransport toPipe, uint ssrc, uint pipedSsrc, bool rtx = true)
    {
        var sender = from.ConnectPlain($"sender{ssrc}");
        var video = Media.Video($"video{ssrc}", ssrc);
        sender.Transport.Produce(video);
        var piped = PipedWorlds.Pipe(video, fromPipe, toPipe, pipedSsrc, rtx);
        var receiver = to.ConnectPlain($"receiver{ssrc}");
        receiver.Transport.Consume(Media.Consume(piped, $"consumer{ssrc}"));
        return (sender, receiver, new RtpSource(ssrc));
    }

    private static bool IsRtcp(byte[] datagram) => RtcpCompound.LooksLikeRtcp(datagram);
}
