using Bisque.Engine.Producers;
using Bisque.Primitives;

namespace Bisque.Engine.Consumers;

/// <summary>
/// Asks for the key frame at which something is to begin, and again while packets come but no key frame does: a receiver that
/// was sent nothing yet cannot complain.
/// </summary>
internal struct KeyFrameWait
{
    /// <summary>How many packets behind a key frame's first may have come before it.</summary>
    public const int MaxOvertaking = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    private MonotonicTime _askedAt;

    /// <summary>Takes the sender as asked, by its producer itself.</summary>
    public void NoteAsked(MonotonicTime now) => _askedAt = now;

    /// <summary>Asks at once.</summary>
    public void Ask(Producer producer, ProducerStream stream, MonotonicTime now)
    {
        _askedAt = now;
        producer.RequestKeyFrame(stream);
    }

    /// <summary>Asks if the last time was long ago.</summary>
    public void AskAgain(Producer producer, ProducerStream stream, MonotonicTime now)
    {
        if (now - _askedAt >= Patience)
        {
            Ask(producer, stream, now);
        }
    }
}
