using Bisque.Primitives;

namespace Bisque.Ice.Agent;

/// <summary>How long the peer's consent lasts without another valid check (RFC 7675 section 5.1). A timeout of zero never starts.</summary>
internal sealed class ConsentTimer(TimeSpan timeout)
{
    public MonotonicTime Deadline { get; private set; } = MonotonicTime.Never;

    public bool IsRunning => Deadline != MonotonicTime.Never;

    public void Start(MonotonicTime now)
    {
        if (timeout > TimeSpan.Zero)
        {
            Deadline = now + timeout;
        }
    }

    public void Stop() => Deadline = MonotonicTime.Never;
}
