namespace Bisque.Sctp.Send;

/// <summary>A part of a message that becomes a chunk.</summary>
internal readonly record struct OutgoingFragment(OutgoingMessage Message, int Offset, int Length, uint Fsn)
{
    /// <summary>Whether the message begins here.</summary>
    public bool IsBeginning => Offset == 0;

    /// <summary>Whether the message ends here.</summary>
    public bool IsEnding => Offset + Length == Message.Length;
}
