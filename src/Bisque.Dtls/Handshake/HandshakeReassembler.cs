namespace Bisque.Dtls.Handshake;

/// <summary>Puts fragments together and gives messages out in order (RFC 6347 section 4.2.3).</summary>
internal sealed class HandshakeReassembler
{
    /// <summary>A flight has at most five messages before its Finished; a few more do no harm.</summary>
    public const int MaximumMessagesAhead = 8;

    /// <summary>
    /// All messages under way together. A browser's flight is below 4 kB; a chain of RSA certificates stays below 16 kB. Two thousand
    /// half-open handshakes filled to the brim hold 32 MiB.
    /// </summary>
    public const int MaximumBufferedBytes = 16 * 1024;

    private readonly MessageAssembly?[] _assemblies = new MessageAssembly?[MaximumMessagesAhead];
    private int _bufferedBytes;

    /// <summary>The message_seq of the message to be given out next.</summary>
    public int NextSequence { get; private set; }

    /// <summary>Adds a fragment; false when it is too early, too large, old, or contradicts others.</summary>
    public bool TryAdd(in HandshakeFragment fragment)
    {
        var ahead = fragment.Sequence - NextSequence;
        if (ahead is < 0 or >= MaximumMessagesAhead)
        {
            return false;
        }

        ref var assembly = ref _assemblies[fragment.Sequence % MaximumMessagesAhead];
        if (assembly is null)
        {
            if (fragment.MessageLength > MaximumBufferedBytes - _bufferedBytes)
            {
                return false;
            }

            assembly = new(fragment.Type, fragment.Sequence, fragment.MessageLength);
            _bufferedBytes += assembly.Length;
        }

        return assembly.TryAdd(fragment);
    }

    /// <summary>Gives out the next message when all of it is there.</summary>
    public bool TryTake(out HandshakeMessage message)
    {
        ref var assembly = ref _assemblies[NextSequence % MaximumMessagesAhead];
        if (assembly is not { IsComplete: true })
        {
            message = default;
            return false;
        }

        message = assembly.Message;
        _bufferedBytes -= assembly.Length;
        assembly = null;
        NextSequence++;
        return true;
    }

    /// <summary>Forgets everything received and expects the first message again.</summary>
    public void Restart()
    {
        Array.Clear(_assemblies);
        _bufferedBytes = 0;
        NextSequence = 0;
    }
}
