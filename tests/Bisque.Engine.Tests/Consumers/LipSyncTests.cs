using System.Buffers.Binary;
using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Testing;
using RtpHeaderExtensionUri = Bisque.Model.RtpHeaderExtensionUri;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>
/// Sound and picture of one sender stay together at the receiver over many changes of layers: what it computes from sender reports, and from
/// abs-capture-time, is the same instant for what was captured at the same instant.
/// </summary>
public sealed class LipSyncTests
{
    private const int Switches = 50;
    private const int Tick = 10;
    private const byte SentCaptureTime = 7;
    private const byte ConsumedCaptureTime = 10;

    [Theory]
    [InlineData(1ul, false, 0)]
    [InlineData(2ul, false, 100)]
    [InlineData(3ul, false, -200)]
    [InlineData(4ul, true, 0)]
    [InlineData(5ul, true, 100)]
    [InlineData(6ul, true, -200)]
    public void Sound_and_picture_of_one_instant_stay_within_two_milliseconds(ulong seed, bool withCaptureTime, int clockDriftPpm)
    {
        using var studio = new Studio(seed, withCaptureTime, clockDriftPpm);

        studio.Record();

        Assert.True(studio.Call.LayerEvents.Count(layer => layer is not null) > Switches);
        Assert.True(studio.Differences.Count > 1200);
        Assert.True(studio.Differences.Max() < 2, $"{studio.Differences.Max()} ms, on average {studio.Differences.Average()}");
        Assert.True(studio.DifferencesAtSwitches.Max() < 75, $"{studio.DifferencesAtSwitches.Max()} ms at a switch");
        studio.Call.AssertNoGaps();
        studio.Call.AssertTimestampsGrow();
        if (withCaptureTime)
        {
            Assert.True(studio.CaptureTimeErrors.Count > 100);
            Assert.True(studio.CaptureTimeErrors.Max() < 2, $"{studio.CaptureTimeErrors.Max()} ms between abs-capture-time and the sender report");
        }
    }

    /// <summary>A microphone and a camera with three encodings, each with a clock of its own, and a receiver that computes.</summary>
    private sealed class Studio : IDisposable
    {
        private readonly SeededRandomSource _random;
        private readonly bool _withCaptureTime;
        private readonly double _wallDrift;
        private readonly Track[] _video;
        private readonly Track _audio;
        private readonly MonotonicTime _start;
        private readonly int[] _asked = new int[3];
        private readonly List<ReceivedRtp> _sound;
        private int _seenRtp;
        private int _seenRtcp;
        private SenderInfo? _videoReport;
        private SenderInfo? _audioReport;

        public Studio(ulong seed, bool withCaptureTime, int clockDriftPpm)
        {
            _random = new SeededRandomSource(seed);
            _withCaptureTime = withCaptureTime;
            _wallDrift = clockDriftPpm / 1e6;
            var produce = Negotiate(LayeredMedia.Simulcast());
            var audio = Negotiate(Media.Audio());
            Call = new LayeredCall(produce, Accept(LayeredMedia.Consume(produce)));
            Call.Sender.Transport.Produce(audio);
            var listener = Call.World.ConnectPlain("listener");
            listener.Transport.Consume(Accept(Media.Consume(audio, "sound", 7000)));
            Listener = listener;
            _sound = listener.Rtp;
            _start = Call.World.Now;
            _video = [.. Enumerable.Range(0, 3).Select(i => new Track(this, LayeredMedia.Ssrc(i), 90_000, _random.NextUInt32(), 30e-6 * (i - 1)))];
            _audio = new Track(this, 3000, 48_000, _random.NextUInt32(), -20e-6);
        }

        public LayeredCall Call { get; }

        public PlainPeer Listener { get; }

        /// <summary>By how much sound and picture of the same instant were apart, in milliseconds, for each picture.</summary>
        public List<double> Differences { get; } = [];

        /// <summary>
        /// The same for the first four pictures of an encoding: the first can be older than the last one of the encoding before, and is then put
        /// behind it, and the next ones make up for it.
        /// </summary>
        public List<double> DifferencesAtSwitches { get; } = [];

        /// <summary>By how much abs-capture-time and the sender report of a packet were apart, in milliseconds.</summary>
        public List<double> CaptureTimeErrors { get; } = [];

        private double Seconds => (Call.World.Now - _start).TotalSeconds;

        public void Record()
        {
            var nextSwitch = 600;
            var switches = 0;
            var wish = 2;
            for (var tick = 0; switches <= Switches; tick++)
            {
                if (tick % 2 == 0)
                {
                    Send(_audio, RtpSource.Audio(), Seconds - 0.010, Payloads.Opus(), tick % 50 == 0);
                }

                if (tick % 3 == 0)
                {
                    SendPictures(tick);
                }

                for (var i = 0; i < 4; i++)
                {
                    if (tick % (100 + 13 * i) == 7 * i)
                    {
                        (i == 3 ? _audio : _video[i]).Report();
                    }
                }

                if (tick == nextSwitch)
                {
                    switches++;
                    wish = (wish + _random.NextInt32(1, 2)) % 3;
                    Call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = (byte)wish });
                    nextSwitch += _random.NextInt32(30, 200);
                }

                Call.Run(Tick);
                Compute(isWarm: tick > 590);
            }
        }

        public void Dispose() => Call.Dispose();

        /// <summary>The larger an encoding, the longer it takes; how long varies.</summary>
        private void SendPictures(int tick)
        {
            for (var i = 0; i < 3; i++)
            {
                var asked = Call.Sender.PliCount(LayeredMedia.Ssrc(i));
                var key = asked > _asked[i] || tick == 0;
                _asked[i] = asked;
                var captured = Seconds - 0.010 - 0.012 * i - _random.NextInt32(0, 4) / 1000.0;
                var payload = LayeredCall.Payload(i, key);
                BinaryPrimitives.WriteDoubleBigEndian(payload.AsSpan(20), captured);
                Send(_video[i], Call.Layers[i], captured, payload, tick % 30 == 0);
            }
        }

        private void Send(Track track, RtpSource source, double captured, byte[] payload, bool tellsCapture)
        {
            source = source.TimestampStep == 960 ? track.Source : source;
            source.Timestamp = track.TimestampAt(captured) - source.TimestampStep;
            var value = new byte[AbsCaptureTime.ShortLength];
            new AbsCaptureTime(WallAt(captured), null).Write(value);
            Call.Sender.SendRtp(_withCaptureTime && tellsCapture ? source.Next(payload, (SentCaptureTime, value)) : source.Next(payload));
            Call.World.Settle();
        }

        private NtpTime WallAt(double seconds) => NtpTime.FromUnixMicroseconds(1_600_000_000_000_000 + (long)(seconds * (1 + _wallDrift) * 1e6));

        /// <summary>What a receiver does: sender reports put the timestamps of both streams on one clock.</summary>
        private void Compute(bool isWarm)
        {
            for (; _seenRtcp < Math.Max(Call.Receiver.Rtcp.Count, Listener.Rtcp.Count); _seenRtcp++)
            {
                _videoReport = ReportIn(Call.Receiver, _seenRtcp, 5000) ?? _videoReport;
                _audioReport = ReportIn(Listener, _seenRtcp, 7000) ?? _audioReport;
            }

            for (; _seenRtp < Call.Received.Count; _seenRtp++)
            {
                var packet = Call.Received[_seenRtp];
                if (!isWarm || _videoReport is not { } video || _audioReport is not { } audio || _sound.Count == 0)
                {
                    continue;
                }

                // The sound of that very instant would have this timestamp, counted from the newest that came.
                var captured = BinaryPrimitives.ReadDoubleBigEndian(packet.Payload.AsSpan(20));
                var sound = _audio.TimestampAt(captured);
                var picture = Playout(video, packet.Timestamp, 90_000);
                var isFirst = Call.Received.Skip(_seenRtp - 4).Take(4).Any(before => LayeredCall.LayerOf(before) != LayeredCall.LayerOf(packet));
                (isFirst ? DifferencesAtSwitches : Differences).Add(Math.Abs(picture - Playout(audio, sound, 48_000)) / 1000);
                if (!isFirst && packet.Extensions.TryGetValue(ConsumedCaptureTime, out var value))
                {
                    Assert.True(AbsCaptureTime.TryParse(value, out var captureTime));
                    var told = new NtpTime(unchecked(captureTime.CaptureTime.Value - (ulong)captureTime.ClockOffset!.Value)).ToUnixMicroseconds();
                    CaptureTimeErrors.Add(Math.Abs(told - picture) / 1000);
                }
            }
        }

        private static double Playout(SenderInfo report, uint timestamp, int rate) =>
            report.Ntp.ToUnixMicroseconds() + report.RtpTimestamp.DistanceTo(new RtpTimestamp(timestamp)) * 1e6 / rate;

        private static SenderInfo? ReportIn(MediaPeer peer, int index, uint ssrc)
        {
            SenderInfo? found = null;
            foreach (var packet in index < peer.Rtcp.Count ? peer.Rtcp[index].Packets : [])
            {
                found = SenderReport.TryParse(packet.View, out var report) && report.Info.Ssrc.Value == ssrc ? report.Info : found;
            }

            return found;
        }

        private ProduceRequest Negotiate(ProduceRequest produce) => !_withCaptureTime ? produce : produce with
        {
            RtpParameters = produce.RtpParameters with
            {
                HeaderExtensions = [.. produce.RtpParameters.HeaderExtensions, new() { Uri = RtpHeaderExtensionUri.AbsCaptureTime, Id = SentCaptureTime }],
            },
        };

        private ConsumeRequest Accept(ConsumeRequest consume) => !_withCaptureTime ? consume : consume with
        {
            RtpParameters = consume.RtpParameters with
            {
                HeaderExtensions = [.. consume.RtpParameters.HeaderExtensions, new() { Uri = RtpHeaderExtensionUri.AbsCaptureTime, Id = ConsumedCaptureTime }],
            },
        };

        private sealed class Track(Studio studio, uint ssrc, int rate, uint origin, double drift)
        {
            public RtpSource Source { get; } = RtpSource.Audio(ssrc);

            public uint TimestampAt(double seconds) => origin + (uint)(long)(seconds * (1 + drift) * rate);

            public void Report()
            {
                studio.Call.Sender.SendSenderReport(
                    new SenderInfo(new Ssrc(ssrc), studio.WallAt(studio.Seconds), new RtpTimestamp(TimestampAt(studio.Seconds)), 1, 1));
                studio.Call.World.Settle();
            }
        }
    }
}
