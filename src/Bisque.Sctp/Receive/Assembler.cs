using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Receive;

/// <summary>Puts fragments together to messages: <see cref="TsnAssembler"/> those of DATA, <see cref="FsnAssembler"/> those of I-DATA.</summary>
internal abstract class Assembler(FragmentMemory memory, InboundStreams streams, int maximumMessageSize)
{
    /// <summary>Where bytes are kept.</summary>
    protected FragmentMemory Memory { get; } = memory;

    /// <summary>Where ordered messages go.</summary>
    protected InboundStreams Streams { get; } = streams;

    /// <summary>The messages under way.</summary>
    protected AssemblyPool Assemblies { get; } = new(memory, maximumMessageSize);

    /// <summary>Takes a fragment that has not arrived before; what it completes is delivered from within.</summary>
    public abstract void Add(in DataChunk chunk);

    /// <summary>Forgets parts of messages that the peer gave up, before the streams skip them.</summary>
    public abstract void Forward(in ForwardTsnChunk chunk);

    /// <summary>Forgets parts of messages that the streams are past. To be called when they have skipped, and before they are reset.</summary>
    public abstract void DropPast();

    /// <summary>These streams, or all when none is listed, begin anew.</summary>
    public abstract void Reset(ReadOnlySpan<ushort> streamIds);

    /// <summary>Delivers a message that is one chunk, without a copy when it is its turn.</summary>
    protected void CompleteSingle(in DataChunk chunk)
    {
        var tooLarge = chunk.Payload.Length > maximumMessageSize;
        var payload = tooLarge ? default : chunk.Payload;
        if (chunk.IsUnordered)
        {
            Streams.Deliver(chunk.StreamId, chunk.Ppid, payload, tooLarge);
        }
        else
        {
            Streams.Complete(chunk.StreamId, Streams.NumberOf(chunk), chunk.Ppid, payload, tooLarge);
        }
    }

    /// <summary>Delivers a message that has been put together; <paramref name="last"/> is any chunk of it.</summary>
    protected void Complete(Assembly assembly, in DataChunk last)
    {
        if (!assembly.IsTooLarge)
        {
            Assemblies.NoteLength(assembly.Length);
        }

        if (assembly.IsUnordered)
        {
            Streams.Deliver(assembly.StreamId, assembly.Ppid, assembly.Payload, assembly.IsTooLarge);
        }
        else
        {
            Streams.Complete(assembly.StreamId, Streams.NumberOf(last), assembly.Ppid, assembly.Payload, assembly.IsTooLarge);
        }

        Assemblies.End(assembly);
    }
}
