using Bisque.Engine.Consumers.Layers;
using Bisque.Engine.Internal;
using Bisque.Engine.Packets;
using Bisque.Engine.Parameters;
using Bisque.Engine.Producers;
using Bisque.Model;

namespace Bisque.Engine.Consumers;

/// <summary>Forwards a stream that holds its layers within itself, up to the layers aimed at.</summary>
internal sealed class SvcConsumer : LayeredConsumer
{
    private readonly ILayerFilter _filter;
    private readonly StreamSwitch _switch;
    private ProducerStream? _source;

    public SvcConsumer(WorkerContext context, Transport transport, ConsumeRequest request, MediaParameters media)
        : base(context, transport, request, media)
    {
        _filter = LayerFilters.Create(media);
        _switch = new StreamSwitch(this, Outgoing[0], _filter);
    }

    public override RtpParametersType Type => RtpParametersType.Svc;

    private protected override ProducerStream? CurrentSource => Current.Exists ? _source : null;

    internal override void Forward(ProducerStream stream, MediaPacket packet)
    {
        if (Target.Exists && _switch.Forward(stream, packet) && _filter.Current.Exists)
        {
            SetCurrent(_filter.Current);
        }
    }

    internal override void OnProducerStream(ProducerStream stream)
    {
        if (ConsumableIndexOf(stream) == 0)
        {
            _source = stream;
        }
    }

    internal override void OnProducerStreamRestarted(ProducerStream stream)
    {
        if (_switch.Leave(stream))
        {
            SetCurrent(LayerPair.None);
        }
    }

    internal override void OnProducerLayerActivityChanged(ProducerStream stream)
    {
        if (stream == _source)
        {
            Reconsider("a spatial layer fell silent or is sent again");
        }
    }

    /// <summary>The highest spatial layer up to the preferred one that is not known to be silent.</summary>
    private protected override LayerPair Choose()
    {
        if (_source is not { Receive.Score: > 0 } source)
        {
            return LayerPair.None;
        }

        for (var spatial = Preferred.Spatial; spatial >= 0; spatial--)
        {
            if (!source.Receive.IsLayerSilent(spatial, Context.Now))
            {
                return new LayerPair(spatial, Preferred.Temporal);
            }
        }

        return Preferred;
    }

    /// <summary>Of K-SVC and of S modes a receiver gets, but for key pictures, its own spatial layer alone.</summary>
    private protected override ulong CostOf(LayerPair layers)
    {
        if (_source?.Receive is not { } stream)
        {
            return 0;
        }

        if (!Media.Encodings[0].Layers.IsOwnLayerEnough)
        {
            return stream.GetBitrate(layers.Spatial, layers.Temporal, Context.Now);
        }

        var cost = 0UL;
        for (var temporal = 0; temporal <= layers.Temporal; temporal++)
        {
            cost += stream.GetLayerBitrate(layers.Spatial, temporal, Context.Now);
        }

        return cost;
    }

    private protected override void OnTargetChanged() => _switch.SetTarget(Target.Exists ? _source : null, Target);

    private protected override void RequestKeyFrameNow(int encodingIndex) => _switch.RequestKeyFrame();
}
