using Bisque.Engine.Consumers.Layers;
using Bisque.Engine.Internal;
using Bisque.Engine.Packets;
using Bisque.Engine.Parameters;
using Bisque.Engine.Producers;
using Bisque.Model;

namespace Bisque.Engine.Consumers;

/// <summary>
/// Forwards one of the streams in which a producer sends the same picture in several sizes. Each is a spatial layer, and has temporal
/// layers within.
/// </summary>
internal sealed class SimulcastConsumer : LayeredConsumer
{
    private readonly ProducerStream?[] _layers;
    private readonly ILayerFilter _filter;
    private readonly StreamSwitch _switch;

    public SimulcastConsumer(WorkerContext context, Transport transport, ConsumeRequest request, MediaParameters media)
        : base(context, transport, request, media)
    {
        _layers = new ProducerStream?[request.ConsumableRtpEncodings.Count];
        _filter = LayerFilters.Create(media);
        _switch = new StreamSwitch(this, Outgoing[0], _filter);
    }

    public override RtpParametersType Type => RtpParametersType.Simulcast;

    private protected override ProducerStream? CurrentSource => Current.Exists ? _layers[Current.Spatial] : null;

    internal override void Forward(ProducerStream stream, MediaPacket packet)
    {
        if (!Target.Exists || Array.IndexOf(_layers, stream) is not (var layer and >= 0))
        {
            return;
        }

        // Until the best comes, a lower one is better than nothing.
        if (_switch.Forward(stream, packet, mayEnter: layer < Target.Spatial) && _filter.Current.Exists)
        {
            SetCurrent(new LayerPair((short)layer, _filter.Current.Temporal));
        }
    }

    internal override void OnProducerStream(ProducerStream stream)
    {
        if (ConsumableIndexOf(stream) is var layer and >= 0)
        {
            _layers[layer] = stream;
        }
    }

    internal override void OnProducerStreamRestarted(ProducerStream stream)
    {
        if (_switch.Leave(stream))
        {
            SetCurrent(LayerPair.None);
        }
    }

    /// <summary>The highest layer that lives and is not above the preferred one; if there is none, the lowest that lives.</summary>
    private protected override LayerPair Choose()
    {
        var lowest = -1;
        for (var layer = _layers.Length - 1; layer >= 0; layer--)
        {
            if (_layers[layer] is not { Receive.Score: > 0 })
            {
                continue;
            }

            if (layer <= Preferred.Spatial)
            {
                return Within(layer);
            }

            lowest = layer;
        }

        return lowest < 0 ? LayerPair.None : Within(lowest);
    }

    /// <summary>Encodings may differ in how many temporal layers they have.</summary>
    private LayerPair Within(int layer) =>
        new((short)layer, Math.Min(Preferred.Temporal, (short)(_layers[layer]!.Encoding.Layers.TemporalLayers - 1)));

    private protected override ulong CostOf(LayerPair layers) => _layers[layers.Spatial] is { Receive.Score: > 0 } stream
        ? stream.Receive.GetBitrate(0, layers.Temporal, Context.Now)
        : 0;

    private protected override void OnTargetChanged() => _switch.SetTarget(
        Target.Exists ? _layers[Target.Spatial] : null, Target.Exists ? new LayerPair(0, Target.Temporal) : LayerPair.None);

    private protected override void RequestKeyFrameNow(int encodingIndex) => _switch.RequestKeyFrame();
}
