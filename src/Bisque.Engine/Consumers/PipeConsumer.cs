using Bisque.Engine.Internal;
using Bisque.Engine.Packets;
using Bisque.Engine.Parameters;
using Bisque.Engine.Producers;
using Bisque.Model;

namespace Bisque.Engine.Consumers;

/// <summary>
/// Forwards all streams of a producer to another router, each for itself and whole. Layers are chosen behind the pipe, so there are
/// none here, and neither is there a score to choose by.
/// </summary>
internal sealed class PipeConsumer : Consumer
{
    private const byte PipeScore = 10;

    private readonly WholeStreamForwarder[] _forwarders;

    public PipeConsumer(WorkerContext context, Transport transport, ConsumeRequest request, MediaParameters media)
        : base(context, transport, request, media, streamCount: media.Encodings.Count)
    {
        _forwarders = new WholeStreamForwarder[Outgoing.Length];
        for (var i = 0; i < _forwarders.Length; i++)
        {
            _forwarders[i] = new WholeStreamForwarder(this, Outgoing[i]);
        }
    }

    public override RtpParametersType Type => RtpParametersType.Pipe;

    private protected override ProducerStream? CurrentSource => null;

    private protected override bool TellsScore => false;

    internal override void Forward(ProducerStream stream, MediaPacket packet)
    {
        if (!IsActive)
        {
            return;
        }

        foreach (var forwarder in _forwarders)
        {
            if (forwarder.Source == stream)
            {
                forwarder.Forward(packet);
                return;
            }
        }
    }

    internal override void OnProducerStream(ProducerStream stream)
    {
        if (ConsumableIndexOf(stream) is var index and >= 0)
        {
            _forwarders[index].SetSource(stream);
        }
    }

    internal override void OnProducerStreamRestarted(ProducerStream stream)
    {
        foreach (var forwarder in _forwarders)
        {
            if (forwarder.Source == stream)
            {
                forwarder.OnRestarted();
                if (IsActive)
                {
                    forwarder.RequestKeyFrame();
                }
            }
        }
    }

    private protected override ConsumerScore GetScore() => base.GetScore() with { Score = PipeScore, ProducerScore = PipeScore };

    private protected override void OnActivated()
    {
        foreach (var forwarder in _forwarders)
        {
            forwarder.BeginAnew();
            forwarder.RequestKeyFrame();
        }
    }

    private protected override void RequestKeyFrameNow(int encodingIndex)
    {
        for (var i = 0; i < _forwarders.Length; i++)
        {
            if (encodingIndex == i || encodingIndex == AllEncodings)
            {
                _forwarders[i].RequestKeyFrame();
            }
        }
    }
}
