using Bisque.Engine.Internal;
using Bisque.Engine.Parameters;
using Bisque.Engine.Producers;
using Bisque.Model;

namespace Bisque.Engine.Consumers;

/// <summary>
/// What consumers of layered media have in common: the layers that the controller prefers, those that are aimed at, and those that
/// are really sent. Which layers can be had, a kind says in <see cref="Choose"/>; how it comes to send them, in
/// <see cref="OnTargetChanged"/> and in its forwarding.
/// </summary>
internal abstract partial class LayeredConsumer : Consumer
{
    /// <summary>
    /// A sender that changes its layers in every picture makes so many events, and no more. Switches of a receiver's layers come slower.
    /// </summary>
    private const int EventsAtOnce = 10;
    private static readonly TimeSpan EventInterval = TimeSpan.FromMilliseconds(50);

    private readonly ChangeReporter<LayerPair> _reporter;
    private LayerPair _told = LayerPair.None;
    private readonly DeadlineTimer _reporterTimer;

    private protected LayeredConsumer(WorkerContext context, Transport transport, ConsumeRequest request, MediaParameters media)
        : base(context, transport, request, media, streamCount: 1)
    {
        Highest = new LayerPair((short)(media.Encodings[0].Layers.SpatialLayers - 1), (short)(media.Encodings[0].Layers.TemporalLayers - 1));
        Preferred = request.PreferredLayers is { } layers ? Clamp(layers) : Highest;
        _reporter = new ChangeReporter<LayerPair>(EventInterval, EventsAtOnce, TellCurrent);
        _reporterTimer = new DeadlineTimer(context, transport, _reporter.OnDeadline);
    }

    /// <summary>The most that the controller asked for.</summary>
    private protected LayerPair Preferred { get; private set; }

    /// <summary>What is aimed at.</summary>
    private protected LayerPair Target { get; private set; } = LayerPair.None;

    /// <summary>What is sent.</summary>
    private protected LayerPair Current { get; private set; } = LayerPair.None;

    /// <summary>The highest layers that were negotiated.</summary>
    private protected LayerPair Highest { get; }

    public override SetPreferredLayersResponse SetPreferredLayers(ConsumerLayers layers)
    {
        Preferred = Clamp(layers);
        Reconsider("other layers are preferred");
        return new SetPreferredLayersResponse { PreferredLayers = Preferred.ToModel() };
    }

    public override ConsumerDump Dump() => base.Dump() with
    {
        PreferredSpatialLayer = Preferred.Spatial,
        TargetSpatialLayer = Target.Spatial,
        CurrentSpatialLayer = Current.Spatial,
        PreferredTemporalLayer = Preferred.Temporal,
        TargetTemporalLayer = Target.Temporal,
        CurrentTemporalLayer = Current.Temporal,
    };

    internal override ConsumeResponse Describe() => base.Describe() with { PreferredLayers = Preferred.ToModel() };

    internal override void OnProducerStreamScoreChanged(ProducerStream stream)
    {
        base.OnProducerStreamScoreChanged(stream);
        Reconsider("a stream of the producer came, fell silent or is scored differently");
    }

    /// <summary>
    /// Aims at what suits best now. The consumer is its own judge, unless somebody shares out a transport's bitrate among several of them.
    /// </summary>
    /// <param name="reason">What happened, for the log.</param>
    private protected void Reconsider(string reason)
    {
        var best = IsActive ? Choose() : LayerPair.None;
        if (BitrateOwner is { } owner && best.Exists)
        {
            owner.OnLayersChanged(this);
            return;
        }

        SetTarget(best, reason);
    }

    /// <summary>Aims at certain layers from now on.</summary>
    /// <param name="target">The layers.</param>
    /// <param name="reason">Why, for the log.</param>
    private protected void SetTarget(LayerPair target, string reason)
    {
        if (target == Target)
        {
            return;
        }

        Context.Log.Debug(
            LayersTag, GetType().Name, $"aims at layers {target} after {Target}, preferred are {Preferred}: {reason} [consumerId:{Id}]");
        Target = target;
        if (!target.Exists)
        {
            SetCurrent(LayerPair.None);
        }

        OnTargetChanged();
    }

    /// <summary>Notes what is sent from now on, and tells the controller.</summary>
    private protected void SetCurrent(LayerPair current)
    {
        if (current == Current)
        {
            return;
        }

        var isOtherPicture = current.Spatial != Current.Spatial;
        Context.Log.Debug(LayersTag, GetType().Name, $"sends layers {current} after {Current}, aims at {Target} [consumerId:{Id}]");
        Current = current;
        if (isOtherPicture && current.Exists)
        {
            // What was measured is about the picture that was sent before.
            Outgoing[0].Rtp.ResetScore(Context.Now);
        }

        _reporter.Note(current, Context.Now);
        _reporterTimer.Schedule(_reporter.NextDeadline);
    }

    private void TellCurrent(LayerPair current)
    {
        var isOtherPicture = current.Spatial != _told.Spatial;
        _told = current;
        Context.Emit(new ConsumerLayersChangeEvent(Id, current.ToModel()));
        if (isOtherPicture && current.Exists)
        {
            EmitScore();
        }
    }

    /// <summary>The best layers that can be had, up to <see cref="Preferred"/>; none when nothing can.</summary>
    private protected abstract LayerPair Choose();

    /// <summary><see cref="Target"/> is another: sending has to be led to it.</summary>
    private protected abstract void OnTargetChanged();

    private protected override void OnActivated() => Reconsider("the consumer began to send");

    private protected override void OnDeactivated()
    {
        if (!IsClosed)
        {
            Reconsider("the consumer or its producer is paused, or its transport is not connected");
        }
    }

    private protected override void OnClosed() => _reporterTimer.Stop();

    private LogTags LayersTag => Type == RtpParametersType.Simulcast ? LogTags.Simulcast : LogTags.Svc;

    private LayerPair Clamp(ConsumerLayers layers) => new(
        Math.Min(layers.SpatialLayer, Highest.Spatial),
        layers.TemporalLayer is { } temporal ? Math.Min(temporal, Highest.Temporal) : Highest.Temporal);
}
