using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Receive;

/// <summary>
/// Puts fragments of DATA chunks together: those of a message have TSNs without a gap (RFC 9260 section 6.9). Each fragment is found by its
/// TSN, so that no order of arrival makes it slow.
/// </summary>
internal sealed class TsnAssembler(FragmentMemory memory, InboundStreams streams, int maximumMessageSize)
    : Assembler(memory, streams, maximumMessageSize)
{
    private readonly Dictionary<uint, LooseFragment> _loose = [];

    /// <summary>Messages by the TSN that they lack next, but for the latest.</summary>
    private readonly Dictionary<uint, Assembly> _assemblies = [];

    private Assembly? _latest;

    /// <summary>Up to where fragments have been forgotten.</summary>
    private Tsn? _floor;

    /// <inheritdoc/>
    public override void Add(in DataChunk chunk)
    {
        if (!chunk.IsUnordered && Streams.IsPast(chunk))
        {
            return;
        }

        if (chunk.IsBeginning && chunk.IsEnding)
        {
            CompleteSingle(chunk);
        }
        else if (chunk.IsBeginning)
        {
            var assembly = Assemblies.Begin(chunk);
            Assemblies.Append(assembly, chunk.Payload);
            Continue(assembly, chunk);
        }
        else if (TakeAssembly(chunk) is { } assembly)
        {
            Assemblies.Append(assembly, chunk.Payload);
            if (chunk.IsEnding)
            {
                Complete(assembly, chunk);
            }
            else
            {
                Continue(assembly, chunk);
            }
        }
        else if (!_loose.ContainsKey(chunk.Tsn.Value))
        {
            _loose.Add(chunk.Tsn.Value, LooseFragment.Of(chunk, Memory));
        }
    }

    /// <inheritdoc/>
    public override void Forward(in ForwardTsnChunk chunk)
    {
        var last = chunk.NewCumulativeTsn;
        if (_floor is { } floor && floor.DistanceTo(last) is var distance and >= 0 && distance <= _loose.Count + _assemblies.Count)
        {
            // The shorter way: what a peer makes us walk here it has to send first.
            for (var tsn = floor.Next; !tsn.IsNewerThan(last); tsn = tsn.Next)
            {
                Drop(tsn.Value);
            }
        }
        else
        {
            foreach (var tsn in _loose.Keys)
            {
                if (!new Tsn(tsn).IsNewerThan(last))
                {
                    Drop(tsn);
                }
            }

            foreach (var tsn in _assemblies.Keys)
            {
                if (!new Tsn(tsn).IsNewerThan(last))
                {
                    Drop(tsn);
                }
            }
        }

        if (_latest is { } latest && !new Tsn(latest.Next).IsNewerThan(last))
        {
            _latest = null;
            Assemblies.End(latest);
        }

        // A fragment that follows what is skipped, and is loose, is of a message whose beginning is skipped.
        for (var tsn = last.Next; _loose.Remove(tsn.Value, out var fragment); tsn = tsn.Next)
        {
            fragment.Release(Memory);
            if (fragment.IsEnding)
            {
                break;
            }
        }

        _floor = last;
    }

    /// <inheritdoc/>
    public override void DropPast()
    {
        // All else that the peer gave up had a TSN missing, which Forward went over. What is left is the message whose sent part ends with the
        // last TSN given up.
        if (_latest is { IsUnordered: false } latest && Streams.IsPast(latest, interleaved: false))
        {
            _latest = null;
            Assemblies.End(latest);
        }

        if (_floor is { } floor && _assemblies.TryGetValue(floor.Next.Value, out var next) && !next.IsUnordered && Streams.IsPast(next, interleaved: false))
        {
            _assemblies.Remove(floor.Next.Value);
            Assemblies.End(next);
        }
    }

    /// <inheritdoc/>
    public override void Reset(ReadOnlySpan<ushort> streamIds) => Streams.Reset(streamIds);

    private void Drop(uint tsn)
    {
        if (_loose.Remove(tsn, out var fragment))
        {
            fragment.Release(Memory);
        }

        if (_assemblies.Remove(tsn, out var assembly))
        {
            Assemblies.End(assembly);
        }
    }

    /// <summary>The message that waits for this chunk, no longer to be found by it.</summary>
    private Assembly? TakeAssembly(in DataChunk chunk)
    {
        if (_latest is { } latest && latest.Next == chunk.Tsn.Value)
        {
            if (!Matches(latest, chunk.StreamId, chunk.IsUnordered, chunk.Ssn.Value))
            {
                return null;
            }

            _latest = null;
            return latest;
        }

        if (_assemblies.Count > 0
            && _assemblies.TryGetValue(chunk.Tsn.Value, out var assembly)
            && Matches(assembly, chunk.StreamId, chunk.IsUnordered, chunk.Ssn.Value))
        {
            _assemblies.Remove(chunk.Tsn.Value);
            return assembly;
        }

        return null;
    }

    /// <summary>Adds what has been waiting for the fragments added before.</summary>
    private void Continue(Assembly assembly, in DataChunk chunk)
    {
        while (_loose.Count > 0
            && _loose.TryGetValue(assembly.Next, out var fragment)
            && Matches(assembly, fragment.StreamId, fragment.IsUnordered, fragment.MessageNumber))
        {
            _loose.Remove(assembly.Next);
            Assemblies.Append(assembly, fragment.Payload);
            fragment.Release(Memory);
            if (fragment.IsEnding)
            {
                Complete(assembly, chunk);
                return;
            }
        }

        if (_latest is { } latest)
        {
            _assemblies[latest.Next] = latest;
        }

        _latest = assembly;
    }

    /// <summary>Whether the peer keeps to the rules: neighbours in TSN that are no beginning are of one message.</summary>
    private static bool Matches(Assembly assembly, ushort streamId, bool unordered, uint number) =>
        assembly.StreamId == streamId && assembly.IsUnordered == unordered && (unordered || assembly.MessageNumber == number);
}
