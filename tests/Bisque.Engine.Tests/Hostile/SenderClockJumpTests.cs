using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Testing;
using RtpHeaderExtensionUri = Bisque.Model.RtpHeaderExtensionUri;

namespace Bisque.Engine.Tests.Hostile;

/// <summary>Senders whose clock is set again and again, or says whatever it likes: the picture goes on, and what receivers are told of time can be.</summary>
public sealed class SenderClockJumpTests
{
    private const byte CaptureTimeId = 7;
    private const byte ConsumedCaptureTimeId = 10;

    [Theory]
    [InlineData(1ul, false)]
    [InlineData(2ul, false)]
    [InlineData(3ul, true)]
    [InlineData(4ul, true)]
    public void Capture_times_and_sender_reports_at_random_harm_nobody(ulong seed, bool withCaptureTime)
    {
        var random = new SeededRandomSource(seed);
        using var call = Call(withCaptureTime);
        for (var i = 0; i < 900; i++)
        {
            foreach (var layer in new[] { 0, 1, 2 })
            {
                Send(call, layer, key: i % 10 == layer, withCaptureTime ? RandomValue(random) : null);
                if (random.NextInt32(0, 5) == 0)
                {
                    Report(call, layer, new NtpTime(((ulong)random.NextUInt32() << 32) | random.NextUInt32()), random.NextUInt32());
                }
            }

            Wish(call, random, i);
            call.Run(33);
        }

        AssertSound(call);
    }

    [Theory]
    [InlineData(3600, false)]
    [InlineData(-3600, false)]
    [InlineData(3, false)]
    [InlineData(-3, false)]
    [InlineData(3600, true)]
    [InlineData(-20, true)]
    public void A_clock_that_is_set_every_few_seconds_and_drifts_between_harms_nobody(int step, bool withCaptureTime)
    {
        var random = new SeededRandomSource(5);
        using var call = Call(withCaptureTime);
        var clock = 1_600_000_000_000_000L;
        for (var i = 0; i < 1200; i++)
        {
            // 1 % too fast.
            clock += 33_330 + (i % 170 == 169 ? step * 1_000_000L : 0);
            foreach (var layer in new[] { 0, 1, 2 })
            {
                var value = new byte[AbsCaptureTime.ShortLength];
                new AbsCaptureTime(NtpTime.FromUnixMicroseconds(clock), null).Write(value);
                Send(call, layer, key: i % 10 == layer, withCaptureTime ? value : null);
                if (i % 30 == 10 * layer)
                {
                    Report(call, layer, NtpTime.FromUnixMicroseconds(clock), call.Layers[layer].Timestamp);
                }
            }

            Wish(call, random, i);
            call.Run(33);
        }

        AssertSound(call);
    }

    private static void Wish(LayeredCall call, SeededRandomSource random, int picture)
    {
        if (picture % 20 == 19)
        {
            call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = (byte)random.NextInt32(0, 2) });
        }
    }

    private static byte[] RandomValue(SeededRandomSource random)
    {
        var value = new byte[random.NextInt32(0, 3) switch { 0 => 16, 1 => random.NextInt32(1, 15), _ => 8 }];
        for (var i = 0; i < value.Length; i++)
        {
            value[i] = (byte)random.NextInt32(0, 255);
        }

        return value;
    }

    private static void Send(LayeredCall call, int layer, bool key, byte[]? captureTime)
    {
        var payload = LayeredCall.Payload(layer, key);
        call.Sender.SendRtp(captureTime is null ? call.Layers[layer].Next(payload) : call.Layers[layer].Next(payload, (CaptureTimeId, captureTime)));
        call.World.Settle();
    }

    private static void Report(LayeredCall call, int layer, NtpTime ntp, uint timestamp)
    {
        call.Sender.SendSenderReport(new SenderInfo(new Ssrc(LayeredMedia.Ssrc(layer)), ntp, new RtpTimestamp(timestamp), 1, 1));
        call.World.Settle();
    }

    /// <summary>The stream never stops, its numbers and timestamps are those of one, and its reports are about the time at which they are sent.</summary>
    private static void AssertSound(LayeredCall call)
    {
        Assert.Equal(0, call.World.Worker.FaultCount);
        Assert.True(call.LayerEvents.Distinct().Count() >= 3);
        call.AssertNoGaps();
        call.AssertTimestampsGrow();
        for (var i = 1; i < call.Received.Count; i++)
        {
            Assert.InRange((call.Received[i].At - call.Received[i - 1].At).TotalMilliseconds, 0, 500);
            Assert.InRange((int)(call.Received[i].Timestamp - call.Received[i - 1].Timestamp), 1, 6 * 90_000);
        }

        var reports = 0;
        foreach (var packet in call.Receiver.RtcpOf(RtcpPacketType.SenderReport))
        {
            if (SenderReport.TryParse(packet.View, out var report) && report.Info.Ssrc.Value == 5000
                && call.Received.LastOrDefault(media => media.At <= packet.At) is { } newest)
            {
                reports++;
                Assert.InRange((int)(report.Info.RtpTimestamp.Value - newest.Timestamp), -11 * 90_000, 11 * 90_000);
            }
        }

        Assert.True(reports > 10);
    }

    private static LayeredCall Call(bool withCaptureTime)
    {
        var produce = LayeredMedia.Simulcast();
        if (!withCaptureTime)
        {
            return new LayeredCall(produce, LayeredMedia.Consume(produce));
        }

        produce = produce with
        {
            RtpParameters = produce.RtpParameters with
            {
                HeaderExtensions = [.. produce.RtpParameters.HeaderExtensions, new() { Uri = RtpHeaderExtensionUri.AbsCaptureTime, Id = CaptureTimeId }],
            },
        };
        var consume = LayeredMedia.Consume(produce);
        return new LayeredCall(produce, consume with
        {
            RtpParameters = consume.RtpParameters with
            {
                HeaderExtensions = [.. consume.RtpParameters.HeaderExtensions, new() { Uri = RtpHeaderExtensionUri.AbsCaptureTime, Id = ConsumedCaptureTimeId }],
            },
        });
    }
}
