namespace Bisque.Engine.Sending;

/// <summary>A transport's packets in the outbox, linked by their positions in the order in which they were appended.</summary>
internal readonly record struct OutboxChain(int First, int Last)
{
    public static readonly OutboxChain Empty = new(-1, -1);

    public bool IsEmpty => First < 0;
}
