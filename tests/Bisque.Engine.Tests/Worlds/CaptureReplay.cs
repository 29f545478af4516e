using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>
/// Sends a recording again, each packet at its time, through a worker to one receiver of layers. The sender of a recording makes no key frame
/// that is not there: who asks for one waits for the next.
/// </summary>
internal sealed class CaptureReplay : ILayeredTransmission, IDisposable
{
    private readonly RtpCapture _capture;
    private readonly SeededRandomSource _random;
    private readonly int _lossPercent;
    private readonly List<Repair> _repairs = [];
    private readonly HashSet<int> _unsettled = [];
    private readonly HashSet<int> _begun = [];

    public CaptureReplay(string name, ConsumerLayers? preferred = null, ulong seed = 1, int lossPercent = 0)
    {
        _capture = RtpCapture.Load(name);
        _random = new SeededRandomSource(seed);
        _lossPercent = lossPercent;
        var description = _capture.Description;
        var mode = description.Streams[0].ScalabilityMode!;
        var isSimulcast = description.Streams.Length > 1;
        var produce = isSimulcast ? LayeredMedia.Simulcast(description.Streams.Length, description.MimeType, mode) : LayeredMedia.Svc(description.MimeType, mode);
        Call = new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: preferred, temporalLayers: mode[3] - '0'));
        Sent = [.. Enumerable.Range(0, description.Streams.Length).Select(stream => new CapturedStream(_capture, stream))];
    }

    public LayeredCall Call { get; }

    public CapturedStream[] Sent { get; }

    public IReadOnlyList<ISentFrames> Streams => Sent;

    public List<ReceivedRtp> Received => Call.Received;

    public HashSet<(int Stream, int Frame, int Part)> Arrived { get; } = [];

    public Dictionary<int, (int Spatial, int Temporal)> Settled { get; } = [];

    public int Pictures => _begun.Count;

    /// <summary>Of 30 pictures a second, in units of timestamps, and a little.</summary>
    public bool IsCutShort(int picture) => false;

    public int PictureStep => 3_200;

    public SeededRandomSource Random => _random;

    /// <summary>When the sender was held to less, in microseconds; never, if it was not.</summary>
    public long Less => _capture.Description.Events.GetValueOrDefault("less", long.MaxValue);

    /// <summary>Sends all of it. What should happen before each picture, and when that is, in microseconds from the first packet, is told.</summary>
    public void Run(Action<int, long>? beforePicture = null)
    {
        var start = Call.World.Now;
        var next = new int[Sent.Length];
        foreach (var captured in _capture.Packets)
        {
            RunTo(start + TimeSpan.FromMicroseconds(captured.Microseconds));
            if (captured.IsRtcp)
            {
                Report(captured);
                continue;
            }

            var stream = Array.FindIndex(_capture.Description.Streams, candidate => candidate.Ssrc == captured.Ssrc);
            var packet = Sent[stream].Packets[next[stream]++].Packet;
            if (_begun.Add(packet.Frame.Picture))
            {
                beforePicture?.Invoke(_begun.Count - 1, captured.Microseconds);
            }

            var before = Layers();
            Send(packet, stream);
            Call.World.Settle();
            Note(packet.Frame.Picture, before, Layers());
        }

        while (_repairs.Count > 0)
        {
            RunTo(_repairs.Min(repair => repair.At));
        }

        Call.Run(100);
    }

    public void Dispose() => Call.Dispose();

    private void RunTo(MonotonicTime at)
    {
        while (_repairs.Where(repair => repair.At <= at).OrderBy(repair => repair.At).FirstOrDefault() is { } repair)
        {
            _repairs.Remove(repair);
            Advance(repair.At);
            Call.Sender.SendRtp(Call.Layers[repair.Stream].AsRtx(repair.Packet.Rtp));
            Call.World.Settle();

            // What is repaired only when other layers are sent need not come.
            var identity = (repair.Stream, repair.Packet.Frame.Id, Part(repair.Packet));
            if (repair.Layers == Layers() || Received.Exists(packet => LayeredEncoder.Identify(packet.Payload) == identity))
            {
                Arrived.Add(identity);
            }
        }

        Advance(at);
    }

    private void Advance(MonotonicTime at)
    {
        if (at > Call.World.Now)
        {
            // Time runs in milliseconds here; what comes within one comes at once.
            Call.Run((int)(at - Call.World.Now).TotalMilliseconds);
        }
    }

    private void Send(EncodedPacket packet, int stream)
    {
        var fate = _random.NextInt32(0, 99);
        if (fate < _lossPercent)
        {
            if (fate % 2 == 0)
            {
                _repairs.Add(new Repair(Call.World.Now + TimeSpan.FromMilliseconds(40), packet, stream, Layers()));
            }

            return;
        }

        Call.Sender.SendRtp(packet.Rtp);
        Arrived.Add((stream, packet.Frame.Id, Part(packet)));
    }

    private static int Part(EncodedPacket packet) => packet.Rtp[^1];

    /// <summary>The sender's reports, as far as the recorder got them.</summary>
    private void Report(CapturedPacket captured)
    {
        foreach (var packet in new RtcpCompound(captured.Bytes))
        {
            if (SenderReport.TryParse(packet, out var report))
            {
                var info = report.Info;
                var stream = Array.FindIndex(_capture.Description.Streams, candidate => candidate.Ssrc == info.Ssrc.Value);
                Call.Sender.SendSenderReport(info with { Ssrc = new Ssrc(LayeredMedia.Ssrc(stream)) });
                Call.World.Settle();
            }
        }
    }

    private void Note(int picture, (int, int)? before, (int, int)? after)
    {
        if (before is { } layers && before == after && !_unsettled.Contains(picture) && Settled.GetValueOrDefault(picture, layers) == layers)
        {
            Settled[picture] = layers;
            return;
        }

        _unsettled.Add(picture);
        Settled.Remove(picture);
    }

    private (int, int)? Layers()
    {
        var dump = Call.Consumer.Dump();
        return dump.CurrentSpatialLayer >= 0
            && (dump.TargetSpatialLayer, dump.TargetTemporalLayer) == (dump.CurrentSpatialLayer, dump.CurrentTemporalLayer)
            ? ((int)dump.CurrentSpatialLayer!, (int)dump.CurrentTemporalLayer!)
            : null;
    }

    /// <summary>A lost packet that is sent again later, and the layers that were sent when it was lost.</summary>
    private sealed record Repair(MonotonicTime At, EncodedPacket Packet, int Stream, (int, int)? Layers);
}
