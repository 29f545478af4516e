using Bisque.Engine.Internal;
using Bisque.Engine.Packets;
using Bisque.Engine.Parameters;
using Bisque.Engine.Producers;
using Bisque.Model;

namespace Bisque.Engine.Consumers;

/// <summary>Forwards a stream that holds its layers within itself, with all of them.</summary>
internal sealed class SvcConsumer : LayeredConsumer
{
    private readonly WholeStreamForwarder _forwarder;

    public SvcConsumer(WorkerContext context, Transport transport, ConsumeRequest request, MediaParameters media)
        : base(context, transport, request, media)
    {
        _forwarder = new WholeStreamForwarder(this, Outgoing[0]);
    }

    public override RtpParametersType Type => RtpParametersType.Svc;

    private protected override ProducerStream? CurrentSource => Current.Exists ? _forwarder.Source : null;

    internal override void Forward(ProducerStream stream, MediaPacket packet)
    {
        if (!Target.Exists || stream != _forwarder.Source)
        {
            return;
        }

        _forwarder.Forward(packet);
        if (_forwarder.HasBegun)
        {
            SetCurrent(Target);
        }
    }

    internal override void OnProducerStream(ProducerStream stream)
    {
        if (ConsumableIndexOf(stream) == 0)
        {
            _forwarder.SetSource(stream);
        }
    }

    internal override void OnProducerStreamRestarted(ProducerStream stream)
    {
        if (stream == _forwarder.Source)
        {
            _forwarder.OnRestarted();
            BeginAnew();
        }
    }

    /// <summary>No layer is left out, whatever is preferred: what can be had is the whole stream.</summary>
    private protected override LayerPair Choose() => _forwarder.Source is { Receive.Score: > 0 } ? Highest : LayerPair.None;

    private protected override void OnTargetChanged()
    {
        if (Target.Exists)
        {
            BeginAnew();
        }
    }

    private protected override void RequestKeyFrameNow(int encodingIndex) => _forwarder.RequestKeyFrame();

    private void BeginAnew()
    {
        _forwarder.BeginAnew();
        SetCurrent(LayerPair.None);
        if (Target.Exists)
        {
            _forwarder.RequestKeyFrame();
        }
    }
}
