using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Producers;

/// <summary>
/// Decides when the controller is told how a camera is held. A change is told at once; further ones within
/// <see cref="MinimumInterval"/> wait for its end, and then only the last of them is told, if it differs from what was told before. So
/// a sender that turns its picture with each packet makes no more than ten events a second, and the final state is never lost.
/// </summary>
internal sealed class VideoOrientationReporter(Action<VideoOrientation> tell)
{
    /// <summary>Time between two events. Nobody turns a camera faster.</summary>
    public static readonly TimeSpan MinimumInterval = TimeSpan.FromMilliseconds(100);

    private VideoOrientation? _told;
    private VideoOrientation _current;
    private MonotonicTime _toldAt;

    /// <summary>When <see cref="OnDeadline"/> is to be called.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>Takes what a packet says.</summary>
    public void OnPacket(VideoOrientation orientation, MonotonicTime now)
    {
        _current = orientation;
        if (NextDeadline != MonotonicTime.Never || orientation == _told)
        {
            return;
        }

        if (_told is not null && now - _toldAt < MinimumInterval)
        {
            NextDeadline = _toldAt + MinimumInterval;
            return;
        }

        Tell(now);
    }

    /// <summary>Does what is due.</summary>
    public void OnDeadline(MonotonicTime now)
    {
        if (now < NextDeadline)
        {
            return;
        }

        NextDeadline = MonotonicTime.Never;
        if (_current != _told)
        {
            Tell(now);
        }
    }

    private void Tell(MonotonicTime now)
    {
        _told = _current;
        _toldAt = now;
        tell(_current);
    }
}
