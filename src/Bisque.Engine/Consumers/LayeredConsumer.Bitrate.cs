namespace Bisque.Engine.Consumers;

/// <content>
/// What whoever shares out a transport's bitrate needs: it begins a proposal, takes layers up step by step among its consumers while there
/// is bitrate left, and applies what came of it.
/// </content>
internal abstract partial class LayeredConsumer
{
    private LayerPair _proposal = LayerPair.None;

    /// <summary>Who decides on the layers; null for the consumer itself.</summary>
    internal ILayerBitrateOwner? BitrateOwner { get; set; }

    /// <summary>The layers of the proposal so far.</summary>
    internal LayerPair Proposal => _proposal;

    /// <summary>Bits per second of the most that is preferred and can be had; 0 when nothing can. Layers that are not sent count for nothing.</summary>
    internal ulong DesiredBitrate
    {
        get
        {
            var most = 0UL;
            var best = IsActive ? Choose() : LayerPair.None;
            for (var layers = best.Exists ? Next(LayerPair.None, best) : LayerPair.None; layers.Exists; layers = Next(layers, best))
            {
                most = Math.Max(most, CostOf(layers));
            }

            return most;
        }
    }

    /// <summary>Begins a new proposal, with nothing.</summary>
    internal void BeginProposal() => _proposal = LayerPair.None;

    /// <summary>
    /// Takes one layer more into the proposal: the next temporal one, or the first of the next spatial one, up to what is preferred. Layers
    /// that have no bitrate are passed over.
    /// </summary>
    /// <param name="available">Bits per second that are left.</param>
    /// <returns>Bits per second that the step takes, at least 1; 0 when there is no such layer or it costs more than is left.</returns>
    internal ulong StepUp(ulong available)
    {
        if (!IsActive || Choose() is not { Exists: true } best)
        {
            return 0;
        }

        var spent = _proposal.Exists ? CostOf(_proposal) : 0;
        for (var next = Next(_proposal, best); next.Exists; next = Next(next, best))
        {
            if (CostOf(next) is not (var cost and > 0))
            {
                continue;
            }

            var more = cost > spent ? cost - spent : 1;
            if (more > available)
            {
                return 0;
            }

            _proposal = next;
            return more;
        }

        return 0;
    }

    /// <summary>Aims at what was proposed; at nothing if that is nothing.</summary>
    internal void ApplyProposal() => SetTarget(IsActive ? _proposal : LayerPair.None, "the transport's bitrate was shared out");

    /// <summary>Bits per second that sending certain layers takes; 0 when they are silent.</summary>
    private protected abstract ulong CostOf(LayerPair layers);

    private static LayerPair Next(LayerPair layers, LayerPair best) =>
        !layers.Exists ? new LayerPair(0, 0)
        : layers.Temporal < best.Temporal ? layers with { Temporal = (short)(layers.Temporal + 1) }
        : layers.Spatial < best.Spatial ? new LayerPair((short)(layers.Spatial + 1), 0)
        : LayerPair.None;
}
