using Bisque.Engine.Internal;
using Bisque.Engine.Packets;
using Bisque.Engine.Parameters;
using Bisque.Engine.Producers;
using Bisque.Model;

namespace Bisque.Engine.Consumers;

/// <summary>Forwards a producer's only stream, which has no layers.</summary>
internal sealed class SimpleConsumer : Consumer
{
    private readonly WholeStreamForwarder _forwarder;

    public SimpleConsumer(WorkerContext context, Transport transport, ConsumeRequest request, MediaParameters media)
        : base(context, transport, request, media, streamCount: 1)
    {
        _forwarder = new WholeStreamForwarder(this, Outgoing[0]);
    }

    public override RtpParametersType Type => RtpParametersType.Simple;

    private protected override ProducerStream? CurrentSource => _forwarder.Source;

    internal override void Forward(ProducerStream stream, MediaPacket packet)
    {
        if (IsActive && stream == _forwarder.Source)
        {
            _forwarder.Forward(packet);
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
            RequestKeyFrame();
        }
    }

    private protected override void OnActivated()
    {
        _forwarder.BeginAnew();
        _forwarder.RequestKeyFrame();
    }

    private protected override void RequestKeyFrameNow(int encodingIndex) => _forwarder.RequestKeyFrame();
}
