using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Receive;

/// <summary>A fragment, never the first of its message, that arrived before the one it follows.</summary>
internal readonly record struct LooseFragment(byte[] Bytes, int Length, uint MessageNumber, ushort StreamId, bool IsUnordered, bool IsEnding)
{
    /// <summary>The bytes of the fragment.</summary>
    public ReadOnlySpan<byte> Payload => Bytes.AsSpan(0, Length);

    /// <summary>A copy of a chunk.</summary>
    public static LooseFragment Of(in DataChunk chunk, FragmentMemory memory) =>
        new(
            memory.Keep(chunk.Payload),
            chunk.Payload.Length,
            chunk.IsInterleaved ? chunk.Mid.Value : chunk.Ssn.Value,
            chunk.StreamId,
            chunk.IsUnordered,
            chunk.IsEnding);

    /// <summary>Gives the copy back.</summary>
    public void Release(FragmentMemory memory) => memory.Release(Bytes, Length);
}
