using Bisque.Model;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>One sender, one receiver, one stream from the one to the other.</summary>
internal sealed class Call : IDisposable
{
    public Call(ProduceRequest produce, Func<ConsumeRequest, ConsumeRequest>? change = null, bool plain = true, World? world = null)
    {
        World = world ?? new World();
        Produce = produce;
        Sender = plain ? World.ConnectPlain("sender") : World.ConnectWebRtc("sender");
        Receiver = plain ? World.ConnectPlain("receiver") : World.ConnectWebRtc("receiver");
        SenderTransport.Produce(produce);
        var consume = Media.Consume(produce);
        ReceiverTransport.Consume(change is null ? consume : change(consume));
        var ssrc = produce.RtpParameters.Encodings[0].Ssrc!.Value;
        Source = produce.Kind == MediaKind.Video ? new RtpSource(ssrc) : RtpSource.Audio(ssrc);
    }

    public World World { get; }

    public ProduceRequest Produce { get; }

    public MediaPeer Sender { get; }

    public MediaPeer Receiver { get; }

    public RtpSource Source { get; }

    public Transport SenderTransport => TransportOf(Sender);

    public Transport ReceiverTransport => TransportOf(Receiver);

    public Producer Producer => (Producer)World.Worker.FindRequestHandler(Produce.ProducerId)!;

    public Consumer Consumer => (Consumer)World.Worker.FindRequestHandler("consumer")!;

    /// <summary>What the receiver got, media and retransmissions.</summary>
    public List<ReceivedRtp> Received => Receiver.Rtp;

    public static Transport TransportOf(MediaPeer peer) => peer switch
    {
        PlainPeer plain => plain.Transport,
        WebRtcPeer webRtc => webRtc.Transport,
        _ => throw new ArgumentException("A peer of an unknown kind.", nameof(peer)),
    };

    public void Settle() => World.Settle();

    public void Run(int milliseconds) => World.Run(milliseconds);

    /// <summary>Sends video frames, one each 33 ms, the first one a key frame; returns them.</summary>
    public byte[][] SendVideo(int frames)
    {
        var packets = new byte[frames][];
        for (var i = 0; i < frames; i++)
        {
            packets[i] = i == 0 ? Source.KeyFrame() : Source.DeltaFrame();
            Sender.SendRtp(packets[i]);
            Run(33);
        }

        return packets;
    }

    public void AssertNoGaps()
    {
        for (var i = 1; i < Received.Count; i++)
        {
            Assert.Equal((ushort)(Received[i - 1].SequenceNumber + 1), Received[i].SequenceNumber);
        }
    }

    public void Dispose() => World.Dispose();
}
