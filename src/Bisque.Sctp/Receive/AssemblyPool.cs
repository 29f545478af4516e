using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Receive;

/// <summary>Makes assemblies, and keeps some for reuse.</summary>
internal sealed class AssemblyPool(FragmentMemory memory, int maximumMessageSize)
{
    private const int Retained = 64;
    private const int RetainedLooseCapacity = 256;

    /// <summary>
    /// With few messages under way, room for the whole of one is made at once, by the size of the last. With more the peer could make us
    /// hold much for little.
    /// </summary>
    private const int GenerousCount = 4;

    private readonly Stack<Assembly> _free = new();
    private int _expected;

    /// <summary>Messages under way.</summary>
    public int Count { get; private set; }

    /// <summary>An assembly for a chunk's message, without any bytes.</summary>
    public Assembly Begin(in DataChunk chunk)
    {
        var assembly = _free.TryPop(out var free) ? free : new Assembly();
        assembly.Begin(chunk, memory);
        Count++;
        return assembly;
    }

    /// <summary>Adds the fragment that the assembly waits for.</summary>
    public void Append(Assembly assembly, ReadOnlySpan<byte> payload) =>
        assembly.Append(payload, maximumMessageSize, Count <= GenerousCount ? _expected : 0, memory);

    /// <summary>The message has been delivered, or is given up.</summary>
    public void End(Assembly assembly)
    {
        Count--;
        assembly.Release(memory);
        if (_free.Count < Retained && assembly.Loose.EnsureCapacity(0) <= RetainedLooseCapacity)
        {
            _free.Push(assembly);
        }
    }

    /// <summary>Remembers how long a message was that came in fragments.</summary>
    public void NoteLength(int length) => _expected = length;
}
