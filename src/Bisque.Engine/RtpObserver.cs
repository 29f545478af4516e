using Bisque.Engine.Internal;
using Bisque.Engine.Packets;
using Bisque.Model;

namespace Bisque.Engine;

/// <summary>Watches the audio of some of a router's producers and tells the controller what it finds.</summary>
public abstract class RtpObserver
{
    private readonly List<Producer> _producers = [];

    private protected RtpObserver(WorkerContext context, Router router, string id)
    {
        Context = context;
        Router = router;
        Id = id;
        context.Handlers.Add(id, this, takesNotifications: false);
    }

    /// <summary>The controller's name for the observer.</summary>
    public string Id { get; }

    /// <summary>Whether the controller paused it.</summary>
    public bool IsPaused { get; private set; }

    internal IReadOnlyList<Producer> Producers => _producers;

    /// <summary>Whether the observer is going away: what its producers' leaving means is of no interest any more.</summary>
    private protected bool IsClosed { get; private set; }

    private protected WorkerContext Context { get; }

    private protected Router Router { get; }

    /// <summary>Stops watching. Doing it again does nothing.</summary>
    public void Pause()
    {
        if (!IsPaused)
        {
            IsPaused = true;
            OnPaused();
        }
    }

    /// <summary>Watches again. Doing it again does nothing.</summary>
    public void Resume()
    {
        if (IsPaused)
        {
            IsPaused = false;
            OnResumed();
        }
    }

    /// <summary>Begins to watch a producer.</summary>
    /// <exception cref="RequestException">NotFoundError: the router has no such producer. TypeError: it is not audio. Error: it is watched already.</exception>
    public void AddProducer(string producerId)
    {
        var producer = Router.FindProducer(producerId);
        if (producer.Kind != MediaKind.Audio)
        {
            throw RequestException.TypeError("not an audio Producer");
        }

        if (_producers.Contains(producer))
        {
            throw RequestException.Error($"Producer {producerId} is already in the RtpObserver");
        }

        _producers.Add(producer);
        producer.AddObserver(this);
        OnProducerAdded(producer);
    }

    /// <summary>Stops watching a producer.</summary>
    /// <exception cref="RequestException">NotFoundError: the router has no such producer.</exception>
    public void RemoveProducer(string producerId) => Remove(Router.FindProducer(producerId));

    internal void Remove(Producer producer)
    {
        if (_producers.Remove(producer))
        {
            producer.RemoveObserver(this);
            OnProducerRemoved(producer);
        }
    }

    internal void Close()
    {
        IsClosed = true;
        foreach (var producer in _producers.ToArray())
        {
            Remove(producer);
        }

        OnClosed();
        Context.Handlers.Remove(Id);
    }

    /// <summary>A packet of a watched producer arrived.</summary>
    internal abstract void OnPacket(Producer producer, MediaPacket packet);

    /// <summary>A watched producer was paused.</summary>
    internal abstract void OnProducerPaused(Producer producer);

    /// <summary>A watched producer goes on.</summary>
    internal virtual void OnProducerResumed(Producer producer)
    {
    }

    private protected virtual void OnProducerAdded(Producer producer)
    {
    }

    private protected abstract void OnProducerRemoved(Producer producer);

    private protected abstract void OnPaused();

    private protected abstract void OnResumed();

    private protected abstract void OnClosed();
}
