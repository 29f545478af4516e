using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Forwarding;

/// <summary>How much arrives at once changes how work is done, never what is sent.</summary>
public sealed class BatchingTests
{
    private const int Receivers = 5;

    [Fact]
    public void One_batch_of_64_gives_byte_for_byte_what_64_batches_of_one_give()
    {
        var together = Play(batchSize: 64, SrtpCryptoSuite.AeadAes256Gcm);
        var apart = Play(batchSize: 1, SrtpCryptoSuite.AeadAes256Gcm);

        AssertSame(together, apart);
    }

    [Fact]
    public void And_so_does_the_other_cipher()
    {
        var together = Play(batchSize: 64, SrtpCryptoSuite.AesCm128HmacSha1_80);
        var apart = Play(batchSize: 1, SrtpCryptoSuite.AesCm128HmacSha1_80);

        AssertSame(together, apart);
    }

    private static void AssertSame(List<PlainPeer> together, List<PlainPeer> apart)
    {
        for (var i = 0; i < together.Count; i++)
        {
            Assert.True(together[i].Datagrams.Count > 1);
            Assert.Equal(together[i].Datagrams.Count, apart[i].Datagrams.Count);
            for (var k = 0; k < together[i].Datagrams.Count; k++)
            {
                Assert.Equal(together[i].Datagrams[k], apart[i].Datagrams[k]);
            }
        }

        // The last one was paused for a while, the sender sees itself and asked for packets again.
        Assert.True(together[^1].Rtp.Count < together[^2].Rtp.Count);
        Assert.Equal(2, together[0].Rtp.Count(packet => packet.PayloadType == Media.ConsumedVideoRtxPayloadType));
    }

    /// <summary>
    /// Two streams to several receivers: a key frame, a pause of one consumer, a NACK, packets between them; in bursts that come in one
    /// instant. The NACK comes from the sender, which receives itself, so that it has its place among the sender's packets. Returns the
    /// peers, the sender first.
    /// </summary>
    private static List<PlainPeer> Play(int batchSize, SrtpCryptoSuite suite)
    {
        using var world = new World(seed: 7);
        var sender = world.ConnectPlain("sender", suite);
        var video = Media.Video();
        var audio = Media.Audio();
        sender.Transport.Produce(video);
        sender.Transport.Produce(audio);
        sender.Transport.Consume(Media.Consume(video, "self", 7000));
        var peers = new List<PlainPeer> { sender };
        for (var i = 0; i < Receivers; i++)
        {
            var receiver = world.ConnectPlain($"receiver{i}", suite);
            receiver.Transport.Consume(Media.Consume(video, $"video{i}", 5000));
            receiver.Transport.Consume(Media.Consume(audio, $"audio{i}", 6000));
            peers.Add(receiver);
        }

        var videoSource = new RtpSource { TimestampStep = 90 };
        var audioSource = RtpSource.Audio();
        var paused = (Consumer)world.Worker.FindRequestHandler($"video{Receivers - 1}")!;
        world.Run(100);
        world.Network.BatchSize = batchSize;

        Burst(48, keyFrameAt: 3);
        Request(paused.Pause);
        Burst(64, keyFrameAt: -1);
        var lost = sender.Rtp.Where(packet => packet.Ssrc == 7000).Skip(10).Take(2).Select(packet => packet.SequenceNumber).ToArray();
        Burst(20, keyFrameAt: -1, settle: false);
        sender.SendNack(7000, lost);
        Burst(20, keyFrameAt: 5);
        Request(paused.Resume);
        Burst(64, keyFrameAt: 30);
        return peers;

        void Burst(int packets, int keyFrameAt, bool settle = true)
        {
            for (var i = 0; i < packets; i++)
            {
                sender.SendRtp(i % 4 == 3
                    ? audioSource.Next(Payloads.Opus(60 + i))
                    : i == keyFrameAt || i == keyFrameAt + 1
                        ? videoSource.Next(Payloads.Vp8KeyFrame(900), (Media.Sent.VideoOrientation, [1]))
                        : videoSource.Next(Payloads.Vp8DeltaFrame(100 + (i * 13))));
            }

            if (settle)
            {
                world.Run(10);
            }
        }

        // As the dispatcher of control requests does it.
        void Request(Action request)
        {
            world.Worker.FlushMedia();
            request();
        }
    }
}
