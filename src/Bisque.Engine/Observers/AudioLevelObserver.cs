using Bisque.Engine.Internal;
using Bisque.Engine.Packets;
using Bisque.Model;
using Bisque.Net;
using Bisque.Rtp;

namespace Bisque.Engine.Observers;

/// <summary>Tells, interval by interval, which of its producers are the loudest.</summary>
internal sealed class AudioLevelObserver : RtpObserver
{
    private const int MinimumInterval = 250;
    private const int MaximumInterval = 5000;

    private readonly AudioLevelMeter<Producer> _meter = new();
    private readonly AudioLevelObserverOptions _options;
    private readonly TimeSpan _interval;
    private readonly LoopTimer _timer;
    private bool _isSilent = true;

    /// <exception cref="RequestException">TypeError: a threshold above 0 dBov, or room for no entry.</exception>
    public AudioLevelObserver(WorkerContext context, Router router, string id, AudioLevelObserverOptions options)
        : base(context, router, id)
    {
        if (options.Threshold > 0 || options.MaxEntries == 0)
        {
            context.Handlers.Remove(id);
            throw RequestException.TypeError(options.Threshold > 0
                ? $"invalid threshold {options.Threshold}: must be from -127 to 0"
                : "invalid maxEntries 0");
        }

        _options = options;
        _interval = TimeSpan.FromMilliseconds(Math.Clamp((int)options.Interval, MinimumInterval, MaximumInterval));
        _timer = context.Loop.CreateTimer(OnInterval);
        _timer.Start(context.Now + _interval);
    }

    internal override void OnPacket(Producer producer, MediaPacket packet)
    {
        if (!IsPaused && packet.Extensions.AudioLevel is { } value && AudioLevel.TryParse([value], out var level))
        {
            _meter.OnPacket(producer, level.Attenuation);
        }
    }

    internal override void OnProducerPaused(Producer producer) => _meter.Forget(producer);

    private protected override void OnProducerRemoved(Producer producer) => _meter.Forget(producer);

    private protected override void OnPaused()
    {
        _timer.Stop();
        _meter.Clear();
        TellSilence();
    }

    private protected override void OnResumed() => _timer.Start(Context.Now + _interval);

    private protected override void OnClosed() => _timer.Stop();

    private void OnInterval()
    {
        _timer.Start(Context.Now + _interval);
        var volumes = _meter.Take(_options.Threshold, _options.MaxEntries);
        if (volumes.Count == 0)
        {
            TellSilence();
            return;
        }

        _isSilent = false;
        Context.Emit(new AudioLevelObserverVolumesEvent(
            Id, [.. volumes.Select(entry => new AudioLevelVolume { ProducerId = entry.Source.Id, Volume = entry.Volume })]));
    }

    private void TellSilence()
    {
        if (!_isSilent)
        {
            _isSilent = true;
            Context.Emit(new AudioLevelObserverSilenceEvent(Id));
        }
    }
}
