using System.Runtime.InteropServices;
using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>
/// Keeps the key-frame requests of a producer's many consumers from becoming as many messages. A request goes out at once unless one is
/// on its way. As long as no key frame comes of it, it is repeated in growing intervals, up to <see cref="MaxSends"/> times for what was
/// asked meanwhile. So a lost or ignored request costs a few hundred milliseconds, and a sender that does not answer is asked once a
/// second. With a delay set, no two go out within it.
/// </summary>
/// <param name="delay">Time after a request in which further ones are held back, to be sent as one at its end; zero for none.</param>
/// <param name="events">Sends the requests.</param>
internal sealed class KeyFrameRequestManager(TimeSpan delay, IKeyFrameRequestEvents events)
{
    /// <summary>How often one wish is sent at most.</summary>
    public const int MaxSends = 3;

    /// <summary>Time between two requests when the first was answered by a key frame.</summary>
    public static readonly TimeSpan AnsweredInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Time after an unanswered request until the next; from the third on it doubles with each.</summary>
    public static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(160);

    /// <summary>Where that ends.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(1000);

    /// <summary>
    /// Browsers pass over requests that come within 300 ms of one that they followed, be it for another encoding, so a repetition waits
    /// until that is over.
    /// </summary>
    public static readonly TimeSpan IgnoredInterval = TimeSpan.FromMilliseconds(320);

    /// <summary>Added to a measured round trip: time for a sender to encode.</summary>
    private static readonly TimeSpan EncodingTime = TimeSpan.FromMilliseconds(100);

    // One entry per stream of the producer that was ever asked: bounded by the encodings in its RTP parameters.
    private readonly List<Entry> _entries = [];
    private bool _hasSent;
    private MonotonicTime _sentAt;

    /// <summary>When <see cref="OnDeadline"/> is to be called.</summary>
    public MonotonicTime NextDeadline
    {
        get
        {
            var next = MonotonicTime.Never;
            foreach (ref readonly var entry in CollectionsMarshal.AsSpan(_entries))
            {
                next = MonotonicTime.Min(next, MonotonicTime.Min(entry.SendAt, entry.DelayUntil));
            }

            return next;
        }
    }

    /// <summary>A consumer needs a key frame of the stream.</summary>
    /// <param name="ssrc">The stream.</param>
    /// <param name="now">The current time.</param>
    /// <param name="roundTripTime">To the sender, when it is known.</param>
    /// <returns>Whether it was sent on at once.</returns>
    public bool Request(Ssrc ssrc, MonotonicTime now, TimeSpan? roundTripTime = null)
    {
        ref var entry = ref GetOrAdd(ssrc);
        if (entry.DelayUntil != MonotonicTime.Never)
        {
            entry.IsWantedAfterDelay = true;
            return false;
        }

        entry.RoundTripTime = roundTripTime ?? TimeSpan.Zero;
        if (!entry.HasSent || now - entry.SentAt >= Interval(entry))
        {
            entry.SendsLeft = MaxSends;
            Send(ref entry, now);
            return true;
        }

        if (entry.SendAt == MonotonicTime.Never)
        {
            entry.SendsLeft = MaxSends - 1;
            entry.SendAt = entry.SentAt + Interval(entry);
        }

        return false;
    }

    /// <summary>The producer itself needs a key frame: asks at once, whatever was asked before.</summary>
    public void ForceRequest(Ssrc ssrc, MonotonicTime now)
    {
        ref var entry = ref GetOrAdd(ssrc);
        entry.SendsLeft = MaxSends;
        Send(ref entry, now);
    }

    /// <summary>A key frame of the stream arrived.</summary>
    public void OnKeyFrame(Ssrc ssrc)
    {
        foreach (ref var entry in CollectionsMarshal.AsSpan(_entries))
        {
            if (entry.Ssrc == ssrc)
            {
                entry.Unanswered = 0;
                entry.SendsLeft = 0;
                entry.SendAt = MonotonicTime.Never;
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
            ref var entry = ref CollectionsMarshal.AsSpan(_entries)[i];
            if (now >= entry.SendAt)
            {
                Send(ref entry, now);
            }
        }

        for (var i = 0; i < _entries.Count; i++)
        {
            OnDelayTimeout(ref CollectionsMarshal.AsSpan(_entries)[i], now);
        }
    }

    private static TimeSpan Interval(in Entry entry)
    {
        if (entry.Unanswered == 0)
        {
            return AnsweredInterval;
        }

        var grown = FirstInterval * (1 << Math.Clamp(entry.Unanswered - 3, 0, 4));
        var interval = grown < LongestInterval ? grown : LongestInterval;
        var answer = entry.RoundTripTime + EncodingTime;
        return interval > answer || answer > LongestInterval ? interval : answer;
    }

    private void Send(ref Entry entry, MonotonicTime now)
    {
        var ignoredUntil = _hasSent ? _sentAt + IgnoredInterval : now;
        (_hasSent, _sentAt) = (true, now);
        entry.HasSent = true;
        entry.SentAt = now;
        entry.Unanswered++;
        entry.SendsLeft--;
        entry.SendAt = entry.SendsLeft <= 0 ? MonotonicTime.Never
            : ignoredUntil > now && entry.Unanswered == 1 ? MonotonicTime.Max(ignoredUntil, now + EncodingTime + entry.RoundTripTime)
            : now + Interval(entry);
        if (delay > TimeSpan.Zero)
        {
            entry.DelayUntil = now + delay;
            entry.IsWantedAfterDelay = false;
            entry.SendAt = entry.SendAt == MonotonicTime.Never ? MonotonicTime.Never : MonotonicTime.Max(entry.SendAt, entry.DelayUntil);
        }

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
            Request(entry.Ssrc, now, entry.RoundTripTime);
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

        _entries.Add(new Entry { Ssrc = ssrc, SendAt = MonotonicTime.Never, DelayUntil = MonotonicTime.Never });
        return ref CollectionsMarshal.AsSpan(_entries)[^1];
    }

    private struct Entry
    {
        public Ssrc Ssrc;
        public MonotonicTime SentAt;
        public MonotonicTime SendAt;
        public MonotonicTime DelayUntil;
        public TimeSpan RoundTripTime;
        public int Unanswered;
        public int SendsLeft;
        public bool HasSent;
        public bool IsWantedAfterDelay;
    }
}
