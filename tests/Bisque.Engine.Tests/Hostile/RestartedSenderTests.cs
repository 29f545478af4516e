using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Hostile;

/// <summary>A sender that numbers its packets anew makes no receiver's number occur twice, which SRTP must not encrypt (RFC 3711 section 9.1).</summary>
public sealed class RestartedSenderTests
{
    private const int Frames = 1700;
    private const ushort FirstNumber = 20_000;

    [Theory]
    [InlineData(SrtpCryptoSuite.AeadAes256Gcm)]
    [InlineData(SrtpCryptoSuite.AesCm128HmacSha1_80)]
    public void Numbers_that_jump_back_are_not_used_again(SrtpCryptoSuite suite)
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var receiver = world.ConnectPlain("receiver", suite);
        var video = Media.Video();
        sender.Transport.Produce(video);
        receiver.Transport.Consume(Media.Consume(video));
        var source = new RtpSource(firstSequenceNumber: FirstNumber);
        Send(source.KeyFrame());
        for (var i = 1; i < Frames; i++)
        {
            Send(source.DeltaFrame());
        }

        // Two consecutive numbers far behind are a restart (RFC 3550 appendix A.1); the first of them is dropped.
        source.NextSequenceNumber = FirstNumber;
        Send(source.DeltaFrame());
        Send(source.DeltaFrame());
        Send(source.DeltaFrame());
        Assert.Equal(Frames, receiver.Rtp.Count);

        Send(source.KeyFrame());
        Send(source.DeltaFrame());

        Assert.Equal(Frames + 2, receiver.Rtp.Count);
        Assert.Equal(0, receiver.UndecryptableDatagrams);
        Assert.Equal(Frames + 2, receiver.Rtp.Select(packet => packet.SequenceNumber).Distinct().Count());
        Assert.Equal(receiver.Rtp[0].SequenceNumber + Frames + 1, receiver.Rtp[^1].SequenceNumber);

        void Send(byte[] packet)
        {
            sender.SendRtp(packet);
            world.Settle();
        }
    }

    [Fact]
    public void What_was_kept_under_a_number_before_is_not_sent_for_the_packet_that_has_it_now()
    {
        using var call = new Call(Media.Video());
        call.Source.NextSequenceNumber = FirstNumber;
        for (var i = 0; i < Frames; i++)
        {
            call.Sender.SendRtp(i == 0 ? call.Source.KeyFrame() : call.Source.DeltaFrame());
            call.Settle();

            // A millisecond apart, so that all of them are kept.
            call.Source.Timestamp -= call.Source.TimestampStep - 90;
        }

        call.Source.NextSequenceNumber = FirstNumber + 100;
        call.Sender.SendRtp([call.Source.DeltaFrame(), call.Source.Next(Payloads.Vp8KeyFrame(77))]);
        call.Settle();
        var restarted = call.Received[^1];

        call.Receiver.SendNack(5000, restarted.SequenceNumber);
        call.Settle();

        Assert.Equal(restarted.Payload, call.Received[^1].Payload[2..]);
    }
}
