using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>A sender of several encodings, and a receiver of one consumer of them. Each packet says where it comes from.</summary>
internal sealed class LayeredCall : IDisposable
{
    public LayeredCall(ProduceRequest produce, ConsumeRequest consume)
    {
        Sender = World.ConnectPlain("sender");
        Receiver = World.ConnectPlain("receiver");
        Sender.Transport.Produce(produce);
        Response = Receiver.Transport.Consume(consume);
        Layers =
        [
            .. produce.RtpParameters.Encodings.Select((encoding, index) => new RtpSource(encoding.Ssrc!.Value, firstSequenceNumber: (ushort)(500 + 20_000 * index))
            {
                Timestamp = 12_345 + 1_000_000_000u * (uint)index,
            }),
        ];
    }

    public World World { get; } = new();

    public PlainPeer Sender { get; }

    public PlainPeer Receiver { get; }

    public ConsumeResponse Response { get; }

    /// <summary>The encodings, each with numbers and timestamps of its own.</summary>
    public RtpSource[] Layers { get; }

    public Consumer Consumer => (Consumer)World.Worker.FindRequestHandler("consumer")!;

    public Producer Producer => (Producer)World.Worker.FindRequestHandler("video")!;

    public List<ReceivedRtp> Received => Receiver.Rtp;

    /// <summary>The layers that the controller was told of, in order; null for none.</summary>
    public IEnumerable<int?> LayerEvents =>
        World.Events.Of<ConsumerLayersChangeEvent>("consumer").Select(change => (int?)change.Layers?.SpatialLayer);

    /// <summary>Which encoding a received packet is of.</summary>
    public static int LayerOf(ReceivedRtp packet) => packet.Payload[2];

    public void Run(int milliseconds) => World.Run(milliseconds);

    /// <summary>Sends one frame of a layer in one packet.</summary>
    public void Send(int layer, bool key = false)
    {
        Sender.SendRtp(Layers[layer].Next(Payload(layer, key)));
        World.Settle();
    }

    /// <summary>Sends one frame of each of some layers every 33 ms; of those in <paramref name="keys"/>, the first is a key frame.</summary>
    public void Stream(int frames, int[] layers, params int[] keys)
    {
        for (var i = 0; i < frames; i++)
        {
            foreach (var layer in layers)
            {
                Send(layer, i == 0 && keys.Contains(layer));
            }

            Run(33);
        }
    }

    /// <summary>Tells by sender reports that all layers' newest frames were captured now.</summary>
    public void ReportCapture(int[] layers, TimeSpan[]? ages = null)
    {
        for (var i = 0; i < layers.Length; i++)
        {
            var source = Layers[layers[i]];
            var age = ages?[i] ?? TimeSpan.Zero;
            Sender.SendSenderReport(new SenderInfo(
                new Ssrc(LayeredMedia.Ssrc(layers[i])),
                NtpTime.FromUnixMicroseconds(1_600_000_000_000_000 + World.Now.Microseconds - (long)age.TotalMicroseconds),
                new RtpTimestamp(source.Timestamp),
                1,
                1));
            World.Settle();
        }
    }

    public static byte[] Payload(int layer, bool key, int length = 100)
    {
        var payload = key ? Payloads.Vp8KeyFrame(length) : Payloads.Vp8DeltaFrame(length);
        payload[2] = (byte)layer;
        return payload;
    }

    public (int? Preferred, int? Target, int? Current) Spatial()
    {
        var dump = Consumer.Dump();
        return (dump.PreferredSpatialLayer, dump.TargetSpatialLayer, dump.CurrentSpatialLayer);
    }

    public void AssertNoGaps()
    {
        for (var i = 1; i < Received.Count; i++)
        {
            Assert.Equal((ushort)(Received[i - 1].SequenceNumber + 1), Received[i].SequenceNumber);
        }
    }

    public void AssertTimestampsGrow()
    {
        for (var i = 1; i < Received.Count; i++)
        {
            Assert.InRange((int)(Received[i].Timestamp - Received[i - 1].Timestamp), 1, int.MaxValue);
        }
    }

    public void Dispose() => World.Dispose();
}
