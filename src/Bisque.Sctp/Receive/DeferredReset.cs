using System.Runtime.InteropServices;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Receive;

/// <summary>
/// A reset of incoming streams that waits for the peer's last TSN before it (RFC 6525 section 5.2.2, E2). Chunks behind that TSN are of the
/// streams as they will be, and are held until then.
/// </summary>
internal sealed class DeferredReset(FragmentMemory memory)
{
    private readonly List<ushort> _streamIds = [];
    private readonly HashSet<ushort> _concerned = [];
    private readonly Queue<HeldChunk> _held = new();

    /// <summary>Whether a reset waits.</summary>
    public bool IsActive { get; private set; }

    /// <summary>What it waits for.</summary>
    public Tsn LastTsn { get; private set; }

    /// <summary>The streams; none is all.</summary>
    public ReadOnlySpan<ushort> StreamIds => CollectionsMarshal.AsSpan(_streamIds);

    /// <summary>Waits from now on. Once for each reset: a second one before the end of the first replaces its streams.</summary>
    public void Begin(Tsn lastTsn, ReadOnlySpan<ushort> streamIds)
    {
        IsActive = true;
        LastTsn = lastTsn;
        _streamIds.Clear();
        _concerned.Clear();
        foreach (var streamId in streamIds)
        {
            if (_concerned.Add(streamId))
            {
                _streamIds.Add(streamId);
            }
        }
    }

    /// <summary>Whether a stream will be reset.</summary>
    public bool Concerns(ushort streamId) => _streamIds.Count == 0 || _concerned.Contains(streamId);

    /// <summary>Whether a chunk is of a stream as it will be.</summary>
    public bool Concerns(in DataChunk chunk) => IsActive && chunk.Tsn.IsNewerThan(LastTsn) && Concerns(chunk.StreamId);

    /// <summary>Keeps a chunk for later.</summary>
    public void Hold(in DataChunk chunk) => _held.Enqueue(
        new(memory.Keep(chunk.Payload), chunk.Payload.Length, chunk.Tsn, chunk.StreamId, chunk.Ssn, chunk.Mid, chunk.Fsn, chunk.Ppid, Flags.Of(chunk)));

    /// <summary>The streams have been reset: adds what was held.</summary>
    public void End(Assembler assembler)
    {
        IsActive = false;
        while (_held.TryDequeue(out var held))
        {
            assembler.Add(held.Chunk);
            memory.Release(held.Bytes, held.Length);
        }
    }

    private readonly record struct Flags(bool Interleaved, bool Unordered, bool Beginning, bool Ending)
    {
        public static Flags Of(in DataChunk chunk) => new(chunk.IsInterleaved, chunk.IsUnordered, chunk.IsBeginning, chunk.IsEnding);
    }

    private readonly record struct HeldChunk(
        byte[] Bytes, int Length, Tsn Tsn, ushort StreamId, Ssn Ssn, Mid Mid, uint Fsn, PayloadProtocolId Ppid, Flags Flags)
    {
        public DataChunk Chunk => new()
        {
            IsInterleaved = Flags.Interleaved,
            IsUnordered = Flags.Unordered,
            IsBeginning = Flags.Beginning,
            IsEnding = Flags.Ending,
            Tsn = Tsn,
            StreamId = StreamId,
            Ssn = Ssn,
            Mid = Mid,
            Fsn = Fsn,
            Ppid = Ppid,
            Payload = Bytes.AsSpan(0, Length),
        };
    }
}
