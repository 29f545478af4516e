using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Receive;

/// <summary>A message of which the beginning is there, in one piece that grows: the fragments up to the first that is missing.</summary>
internal sealed class Assembly
{
    private const int InitialCapacity = 4096;
    private byte[] _bytes = [];

    /// <summary>The stream of the message.</summary>
    public ushort StreamId { get; private set; }

    /// <summary>Whether the message may overtake others.</summary>
    public bool IsUnordered { get; private set; }

    /// <summary>The SSN or MID.</summary>
    public uint MessageNumber { get; private set; }

    /// <summary>What the message is; known when the first fragment is there.</summary>
    public PayloadProtocolId Ppid { get; set; }

    /// <summary>The TSN (DATA) or FSN (I-DATA) of the fragment that is missing next.</summary>
    public uint Next { get; set; }

    /// <summary>Bytes so far; 0 once they are too many.</summary>
    public int Length { get; private set; }

    /// <summary>Whether the message is longer than allowed. Its bytes are gone; only its end is waited for.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>The bytes so far.</summary>
    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(0, Length);

    /// <summary>I-DATA: fragments beyond <see cref="Next"/>, by FSN.</summary>
    public PriorityQueue<LooseFragment, uint> Loose { get; } = new();

    /// <summary>Makes this the assembly of a chunk's message, without any bytes.</summary>
    public void Begin(in DataChunk chunk, FragmentMemory memory)
    {
        StreamId = chunk.StreamId;
        IsUnordered = chunk.IsUnordered;
        MessageNumber = chunk.IsInterleaved ? chunk.Mid.Value : chunk.Ssn.Value;
        Ppid = chunk.Ppid;
        Next = chunk.IsInterleaved ? 0 : chunk.Tsn.Value;
        Length = 0;
        IsTooLarge = false;
        memory.Count(FragmentMemory.AssemblyOverhead);
    }

    /// <summary>Adds the fragment that <see cref="Next"/> says.</summary>
    /// <param name="payload">Its bytes.</param>
    /// <param name="maximum">The largest message that is allowed.</param>
    /// <param name="expected">How long the message will perhaps be: what to make room for.</param>
    /// <param name="memory">Where the bytes come from.</param>
    public void Append(ReadOnlySpan<byte> payload, int maximum, int expected, FragmentMemory memory)
    {
        Next++;
        if (IsTooLarge || Length + payload.Length > maximum)
        {
            ReleaseBytes(memory);
            IsTooLarge = true;
            return;
        }

        var length = Length + payload.Length;
        if (length > _bytes.Length)
        {
            Grow(length, expected, memory);
        }

        payload.CopyTo(_bytes.AsSpan(Length));
        Length = length;
        memory.Count(payload.Length);
    }

    /// <summary>Gives everything back.</summary>
    public void Release(FragmentMemory memory)
    {
        ReleaseBytes(memory);
        while (Loose.TryDequeue(out var fragment, out _))
        {
            fragment.Release(memory);
        }

        memory.Count(-FragmentMemory.AssemblyOverhead);
    }

    private void ReleaseBytes(FragmentMemory memory)
    {
        memory.Count(-Length);
        Length = 0;
        if (_bytes.Length > 0)
        {
            memory.Pool.Return(_bytes);
            _bytes = [];
        }
    }

    private void Grow(int length, int expected, FragmentMemory memory)
    {
        // A first fragment of a few bytes gets a small array: a peer may begin thousands of messages and end none.
        var capacity = Length == 0 ? Math.Max(Math.Min(InitialCapacity, 4 * length), expected) : Length + Length / 2;
        var bytes = memory.Pool.Rent(Math.Max(length, capacity));
        Payload.CopyTo(bytes);
        if (_bytes.Length > 0)
        {
            memory.Pool.Return(_bytes);
        }

        _bytes = bytes;
    }
}
