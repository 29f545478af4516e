using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Receive;

/// <summary>
/// Puts fragments of I-DATA chunks together: a message is known by its stream, kind and MID, a fragment by its FSN, so messages of several
/// streams may come interleaved (RFC 8260 section 2.1).
/// </summary>
internal sealed class FsnAssembler(FragmentMemory memory, InboundStreams streams, int maximumMessageSize)
    : Assembler(memory, streams, maximumMessageSize)
{
    /// <summary>Unordered messages so far behind the newest are taken for ones given up: MIDs wrap.</summary>
    private const long UnorderedSpan = 1L << 30;

    /// <summary>Up to so many messages under way are looked through at every I-FORWARD-TSN.</summary>
    private const int FewAssemblies = 64;

    private readonly Dictionary<MessageKey, Assembly> _assemblies = [];

    /// <summary>The unwrapped MID of the newest unordered message that each stream gave up.</summary>
    private readonly StreamNumbers _unorderedGivenUp = new(initial: -1);

    private MessageKey _latestKey;
    private Assembly? _latest;
    private int _skipsSinceDrop;

    /// <inheritdoc/>
    public override void Add(in DataChunk chunk)
    {
        if (chunk.IsUnordered ? IsUnorderedPast(chunk.StreamId, chunk.Mid, advance: true) : Streams.IsPast(chunk))
        {
            return;
        }

        var key = new MessageKey(chunk.StreamId, chunk.IsUnordered, chunk.Mid.Value);
        var assembly = Find(key);
        if (assembly is null)
        {
            if (chunk.IsBeginning && chunk.IsEnding)
            {
                CompleteSingle(chunk);
                return;
            }

            assembly = Assemblies.Begin(chunk);
            _assemblies.Add(key, assembly);
            (_latestKey, _latest) = (key, assembly);
        }

        if (chunk.IsBeginning)
        {
            assembly.Ppid = chunk.Ppid;
        }
        else if (chunk.Fsn == 0)
        {
            // Only the first fragment has this number, and it has the B bit.
            return;
        }

        if (chunk.Fsn == assembly.Next)
        {
            Assemblies.Append(assembly, chunk.Payload);
            if (chunk.IsEnding || AppendLoose(assembly))
            {
                _assemblies.Remove(key);
                _latest = null;
                Complete(assembly, chunk);
            }
        }
        else if (chunk.Fsn > assembly.Next)
        {
            assembly.Loose.Enqueue(LooseFragment.Of(chunk, Memory), chunk.Fsn);
        }
    }

    /// <inheritdoc/>
    public override void Forward(in ForwardTsnChunk chunk)
    {
        for (var i = 0; i < chunk.Count; i++)
        {
            var skipped = chunk.EntryAt(i);
            _skipsSinceDrop++;
            if (skipped.IsUnordered && !IsUnorderedPast(skipped.StreamId, skipped.Mid, advance: false))
            {
                _unorderedGivenUp[skipped.StreamId] = UnwrapUnordered(skipped.StreamId, skipped.Mid);
            }
        }
    }

    /// <inheritdoc/>
    public override void DropPast()
    {
        // Many messages are looked through only once for many skips, so that a skip costs the peer more than us.
        if (_assemblies.Count <= FewAssemblies || _skipsSinceDrop > _assemblies.Count / 16)
        {
            DropAllPast();
        }
    }

    /// <inheritdoc/>
    public override void Reset(ReadOnlySpan<ushort> streamIds)
    {
        // What was given up must not meet new messages of the same MID.
        DropAllPast();
        Streams.Reset(streamIds);
        foreach (var streamId in streamIds)
        {
            _unorderedGivenUp[streamId] = -1;
        }

        if (streamIds.IsEmpty)
        {
            _unorderedGivenUp.Clear();
        }
    }

    private void DropAllPast()
    {
        _skipsSinceDrop = 0;
        foreach (var (key, assembly) in _assemblies)
        {
            if (key.IsUnordered ? IsUnorderedPast(key.StreamId, new(key.Mid), advance: false) : Streams.IsPast(assembly, interleaved: true))
            {
                _assemblies.Remove(key);
                _latest = null;
                Assemblies.End(assembly);
            }
        }
    }

    private Assembly? Find(MessageKey key)
    {
        if (_assemblies.Count == 0)
        {
            return null;
        }

        if (_latest is null || _latestKey != key)
        {
            if (!_assemblies.TryGetValue(key, out var found))
            {
                return null;
            }

            (_latestKey, _latest) = (key, found);
        }

        return _latest;
    }

    /// <summary>Adds what has been waiting for the fragments added before; true when that was the end of the message.</summary>
    private bool AppendLoose(Assembly assembly)
    {
        while (assembly.Loose.TryPeek(out var fragment, out var fsn) && fsn <= assembly.Next)
        {
            assembly.Loose.Dequeue();
            var isNext = fsn == assembly.Next;
            if (isNext)
            {
                Assemblies.Append(assembly, fragment.Payload);
            }

            fragment.Release(Memory);
            if (isNext && fragment.IsEnding)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsUnorderedPast(ushort streamId, Mid mid, bool advance)
    {
        var givenUp = _unorderedGivenUp[streamId];
        var number = UnwrapUnordered(streamId, mid);
        if (advance && number - givenUp > UnorderedSpan)
        {
            _unorderedGivenUp[streamId] = number - UnorderedSpan / 2;
        }

        return number <= givenUp;
    }

    private long UnwrapUnordered(ushort streamId, Mid mid)
    {
        var givenUp = _unorderedGivenUp[streamId];
        return givenUp + new Mid((uint)givenUp).DistanceTo(mid);
    }

    /// <summary>Which message. Hashed with the process's random seed, since the peer chooses all of it.</summary>
    private readonly record struct MessageKey(ushort StreamId, bool IsUnordered, uint Mid)
    {
        public override int GetHashCode() => HashCode.Combine(StreamId, IsUnordered, Mid);
    }
}
