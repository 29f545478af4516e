using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>
/// A sender with layers over a path that loses, repeats and exchanges packets, and a receiver whose controller changes its mind. Keeps what
/// the <see cref="LayeredReceiver"/> has to know to judge what came.
/// </summary>
internal sealed class LayeredSession : ILayeredTransmission, IDisposable
{
    /// <summary>How many come in the time for which the end of one may be waited for.</summary>
    private const int PicturesWaiting = 10;

    private readonly SeededRandomSource _random;
    private readonly int _lossPercent;
    private readonly int _reorderPercent;
    private readonly List<(MonotonicTime At, EncodedPacket Packet, int Stream)> _repairs = [];
    private readonly List<int> _pauses = [];
    private readonly int[] _asked;

    public LayeredSession(LayeredCall call, LayeredEncoder[] encoders, ulong seed, int lossPercent, int reorderPercent)
    {
        Call = call;
        Encoders = encoders;
        _random = new SeededRandomSource(seed);
        _lossPercent = lossPercent;
        _reorderPercent = reorderPercent;
        _asked = new int[encoders.Length];
    }

    public LayeredCall Call { get; }

    public LayeredEncoder[] Encoders { get; }

    public IReadOnlyList<ISentFrames> Streams => Encoders;

    public List<ReceivedRtp> Received => Call.Received;

    public HashSet<(int Stream, int Frame, int Part)> Arrived { get; } = [];

    public Dictionary<int, (int Spatial, int Temporal)> Settled { get; } = [];

    public int Pictures { get; private set; }

    public int PictureStep => 1;

    /// <summary>Whether the base of a key picture, which says what the frames after it are, is never lost for good.</summary>
    public bool AlwaysRepairsKeyFrames { get; init; }

    public SeededRandomSource Random => _random;

    /// <summary>Sends the next picture of every encoder. Key pictures come when they are asked for, and now and then.</summary>
    public void NextPicture() => NextPicture(key: false, _ => { });

    /// <summary>The same, where somebody does something before each packet of the picture, by the packet's position in it.</summary>
    public void NextPicture(bool key, Action<int> beforePacket)
    {
        var before = Layers();
        var packets = new List<(EncodedPacket Packet, int Stream)>();
        for (var stream = 0; stream < Encoders.Length; stream++)
        {
            var asked = Call.Sender.PliCount(LayeredMedia.Ssrc(stream));
            var isRepaired = _repairs.Exists(repair => repair.Stream == stream && repair.Packet.Frame.IsKey);
            var isKey = key || (!isRepaired && (asked != _asked[stream] || Pictures % 150 == 149));
            if (isKey)
            {
                // Nobody asks for what a key picture makes superfluous.
                _repairs.RemoveAll(repair => repair.Stream == stream);
            }

            packets.AddRange(Encoders[stream].Next(isKey).Select(packet => (packet, stream)));
            _asked[stream] = isRepaired ? _asked[stream] : asked;
        }

        Exchange(packets);
        for (var i = 0; i < packets.Count; i++)
        {
            beforePacket(i);
            Send(packets[i].Packet, packets[i].Stream);
        }

        Call.Run(33);
        var due = _repairs.Where(repair => repair.At <= Call.World.Now).ToArray();
        foreach (var repair in due)
        {
            _repairs.Remove(repair);
            Call.Sender.SendRtp(Encoders[repair.Stream].Source.AsRtx(repair.Packet.Rtp));
            Note(repair.Packet, repair.Stream);
        }

        Call.World.Settle();
        if (before is { } layers && layers == Layers())
        {
            Settled[Pictures] = layers;
        }

        Pictures++;
    }

    /// <summary>Pictures that were still waiting for what was lost of them, when the consumer was paused.</summary>
    public bool IsCutShort(int picture) => _pauses.Exists(pause => picture < pause && picture >= pause - PicturesWaiting);

    /// <summary>Pauses the consumer. What is repaired only afterwards does not come.</summary>
    public void Pause()
    {
        Call.Consumer.Pause();
        _pauses.Add(Pictures);
        _repairs.Clear();
        for (var i = 1; i <= 3; i++)
        {
            Settled.Remove(Pictures - i);
        }
    }

    /// <summary>Waits for what is still to be repaired.</summary>
    public void Finish()
    {
        while (_repairs.Count > 0)
        {
            NextPicture();
        }
    }

    public void Dispose() => Call.Dispose();

    private void Send(EncodedPacket packet, int stream)
    {
        var fate = _random.NextInt32(0, 99);
        if (fate < _lossPercent)
        {
            if (fate % 2 == 0 || (AlwaysRepairsKeyFrames && packet.Frame is { IsKey: true, Spatial: 0 }))
            {
                _repairs.Add((Call.World.Now + TimeSpan.FromMilliseconds(40), packet, stream));
            }

            return;
        }

        Call.Sender.SendRtp(packet.Rtp);
        Note(packet, stream);
        if (fate > 100 - _lossPercent)
        {
            Call.Sender.SendRtp(packet.Rtp);
        }
    }

    private void Note(EncodedPacket packet, int stream)
    {
        var payload = ReceivedRtp.Parse(default, packet.Rtp).Payload;
        var identity = LayeredEncoder.Identify(payload)!.Value;
        Assert.Equal(stream, identity.Stream);
        Arrived.Add(identity);
    }

    private void Exchange(List<(EncodedPacket, int)> packets)
    {
        for (var i = packets.Count - 1; i > 0; i--)
        {
            if (_random.NextInt32(0, 99) < _reorderPercent)
            {
                (packets[i], packets[i - 1]) = (packets[i - 1], packets[i]);
            }
        }
    }

    private (int, int)? Layers()
    {
        var dump = Call.Consumer.Dump();
        return dump.CurrentSpatialLayer >= 0
            && (dump.TargetSpatialLayer, dump.TargetTemporalLayer) == (dump.CurrentSpatialLayer, dump.CurrentTemporalLayer)
            ? ((int)dump.CurrentSpatialLayer!, (int)dump.CurrentTemporalLayer!)
            : null;
    }
}
