using Bisque.Engine.Internal;
using Bisque.Engine.Packets;
using Bisque.Model;
using Bisque.Net;
using Bisque.Rtp;

namespace Bisque.Engine.Observers;

/// <summary>Tells which of its producers has the floor, whenever that changes.</summary>
internal sealed class ActiveSpeakerObserver : RtpObserver
{
    private const int MinimumInterval = 100;
    private const int MaximumInterval = 5000;

    private readonly DominantSpeakerDetector<Producer> _speakers = new();
    private readonly TimeSpan _interval;
    private readonly LoopTimer _timer;

    public ActiveSpeakerObserver(WorkerContext context, Router router, string id, ActiveSpeakerObserverOptions options)
        : base(context, router, id)
    {
        _interval = TimeSpan.FromMilliseconds(Math.Clamp((int)options.Interval, MinimumInterval, MaximumInterval));
        _timer = context.Loop.CreateTimer(OnInterval);
        _timer.Start(context.Now + _interval);
    }

    internal override void OnPacket(Producer producer, MediaPacket packet)
    {
        if (!IsPaused && packet.Extensions.AudioLevel is { } value && AudioLevel.TryParse([value], out var level))
        {
            _speakers.OnPacket(producer, level.Attenuation, Context.Now);
        }
    }

    internal override void OnProducerPaused(Producer producer) => _speakers.SetMuted(producer, true);

    internal override void OnProducerResumed(Producer producer) => _speakers.SetMuted(producer, false);

    private protected override void OnProducerAdded(Producer producer) => _speakers.Add(producer, producer.IsPaused, Context.Now);

    private protected override void OnProducerRemoved(Producer producer)
    {
        // The floor does not stay empty until the interval ends.
        if (_speakers.Remove(producer) && !IsPaused && !IsClosed)
        {
            Decide();
        }
    }

    private protected override void OnPaused() => _timer.Stop();

    private protected override void OnResumed()
    {
        _speakers.NoteSilence(Context.Now);
        _timer.Start(Context.Now + _interval);
    }

    private protected override void OnClosed() => _timer.Stop();

    private void OnInterval()
    {
        _timer.Start(Context.Now + _interval);
        Decide();
    }

    private void Decide()
    {
        if (_speakers.Decide(Context.Now) && _speakers.Dominant is { } dominant)
        {
            Context.Emit(new ActiveSpeakerObserverDominantSpeakerEvent(Id, dominant.Id));
        }
    }
}
