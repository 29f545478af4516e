using System.Runtime.InteropServices;
using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>
/// Keeps the key-frame requests of a producer's many consumers from becoming as many messages: one at once, one more if no key frame
/// came of it, and with a delay set, none in quick succession.
/// </summary>
/// <param name="delay">Time after a request in which further ones are held back, to be sent as one at its end; zero for none.</param>
/// <param name="events">Sends the requests.</param>
internal sealed class KeyFrameRequestManager(TimeSpan delay, IKeyFrameRequestEvents events)
{
    /// <summary>How long a key frame may take before its request counts as lost.</summary>
    public static readonly TimeSpan PendingTimeout = TimeSpan.FromMilliseconds(1000);

    // One entry per stream of the producer that was ever asked: bounded by the encodings in its RTP parameters.
    private readonly List<Entry> _entries = [];

    /// <summary>When <see cref="OnDeadline"/> is to be called.</summary>
    public MonotonicTime NextDeadline
    {
        get
        {
            var next = MonotonicTime.Never;
            foreach (ref readonly var entry in CollectionsMarshal.AsSpan(_entries))
            {
                next = MonotonicTime.Min(next, MonotonicTime.Min(entry.PendingUntil, entry.DelayUntil));
            }

            return next;
        }
    }

    /// <summary>A consumer needs a key frame of the stream.</summary>
    public void Request(Ssrc ssrc, MonotonicTime now)
    {
        ref var entry = ref GetOrAdd(ssrc);
        if (entry.DelayUntil != MonotonicTime.Never)
        {
            entry.IsWantedAfterDelay = true;
            return;
        }

        if (delay > TimeSpan.Zero)
        {
            entry.DelayUntil = now + delay;
        }

        entry.RetryOnTimeout = true;
        if (entry.PendingUntil == MonotonicTime.Never)
        {
            entry.PendingUntil = now + PendingTimeout;
            events.RequestKeyFrame(ssrc);
        }
    }

    /// <summary>The producer itself needs a key frame: asks at once, whatever was asked before.</summary>
    public void ForceRequest(Ssrc ssrc, MonotonicTime now)
    {
        ref var entry = ref GetOrAdd(ssrc);
        if (delay > TimeSpan.Zero)
        {
            entry.DelayUntil = now + delay;
            entry.IsWantedAfterDelay = false;
        }

        entry.RetryOnTimeout = true;
        entry.PendingUntil = now + PendingTimeout;
        events.RequestKeyFrame(ssrc);
    }

    /// <summary>A key frame of the stream arrived.</summary>
    public void OnKeyFrame(Ssrc ssrc)
    {
        foreach (ref var entry in CollectionsMarshal.AsSpan(_entries))
        {
            if (entry.Ssrc == ssrc)
            {
                entry.PendingUntil = MonotonicTime.Never;
            }
        }
    }

    /// <summary>Forgets all requests, as when the producer pauses.</summary>
    public void Clear() => _entries.Clear();

    /// <summary>Does what is due.</summary>
    public void OnDeadline(MonotonicTime now)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            OnPendingTimeout(ref CollectionsMarshal.AsSpan(_entries)[i], now);
        }

        for (var i = 0; i < _entries.Count; i++)
        {
            OnDelayTimeout(ref CollectionsMarshal.AsSpan(_entries)[i], now);
        }
    }

    private void OnPendingTimeout(ref Entry entry, MonotonicTime now)
    {
        if (now < entry.PendingUntil)
        {
            return;
        }

        if (!entry.RetryOnTimeout)
        {
            entry.PendingUntil = MonotonicTime.Never;
            return;
        }

        entry.RetryOnTimeout = false;
        entry.PendingUntil = now + PendingTimeout;
        events.RequestKeyFrame(entry.Ssrc);
    }

    private void OnDelayTimeout(ref Entry entry, MonotonicTime now)
    {
        if (now < entry.DelayUntil)
        {
            return;
        }

        entry.DelayUntil = MonotonicTime.Never;
        if (entry.IsWantedAfterDelay)
        {
            entry.IsWantedAfterDelay = false;
            Request(entry.Ssrc, now);
        }
    }

    private ref Entry GetOrAdd(Ssrc ssrc)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Ssrc == ssrc)
            {
                return ref entries[i];
            }
        }

        _entries.Add(new Entry { Ssrc = ssrc, PendingUntil = MonotonicTime.Never, DelayUntil = MonotonicTime.Never });
        return ref CollectionsMarshal.AsSpan(_entries)[^1];
    }

    private struct Entry
    {
        public Ssrc Ssrc;
        public MonotonicTime PendingUntil;
        public MonotonicTime DelayUntil;
        public bool RetryOnTimeout;
        public bool IsWantedAfterDelay;
    }
}
