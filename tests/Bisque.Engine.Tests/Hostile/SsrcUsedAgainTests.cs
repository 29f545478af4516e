using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Hostile;

/// <summary>
/// A controller may give a consumer the SSRC of one that it closed. The key is still the same, so no packet index may occur twice: two
/// packets would be encrypted with one keystream (RFC 3711 section 9.1, RFC 7714 section 8.1).
/// </summary>
public sealed class SsrcUsedAgainTests
{
    [Theory]
    [InlineData(SrtpCryptoSuite.AeadAes256Gcm)]
    [InlineData(SrtpCryptoSuite.AesCm128HmacSha1_80)]
    public void A_consumer_with_the_ssrc_of_a_closed_one_goes_on_behind_it(SrtpCryptoSuite suite)
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var receiver = world.ConnectPlain("receiver", suite);
        var video = Media.Video();
        sender.Transport.Produce(video);
        var source = new RtpSource();

        for (var times = 0; times < 8; times++)
        {
            receiver.Transport.Consume(Media.Consume(video));
            SendAndLose(3);
            receiver.Transport.CloseConsumer("consumer");
        }

        Assert.Equal(0, receiver.UndecryptableDatagrams);
        foreach (var stream in receiver.Rtp.GroupBy(packet => packet.Ssrc))
        {
            var numbers = stream.Select(packet => (int)packet.SequenceNumber).ToArray();
            Assert.True(numbers.Length >= 8, $"{numbers.Length} packets of {stream.Key}");
            Assert.Equal(Enumerable.Range(numbers[0], numbers.Length).Select(number => number & 0xffff), numbers);
        }

        void SendAndLose(int frames)
        {
            for (var i = 0; i < frames; i++)
            {
                sender.SendRtp(i == 0 ? source.KeyFrame() : source.DeltaFrame());
                world.Run(20);
            }

            receiver.SendNack(5000, receiver.Rtp.Last(packet => packet.Ssrc == 5000).SequenceNumber);
            world.Run(20);
        }
    }
}
