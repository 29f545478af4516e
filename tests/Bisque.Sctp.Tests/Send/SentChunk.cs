using System.Text;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Tests.Send;

/// <summary>A data chunk that was sent.</summary>
internal sealed record SentChunk(uint Tsn, ushort Stream, uint Number, uint Fsn, string Text, bool Begins, bool Ends, bool Unordered, bool Immediate)
{
    public static SentChunk Of(in DataChunk chunk) => new(
        chunk.Tsn.Value,
        chunk.StreamId,
        chunk.IsInterleaved ? chunk.Mid.Value : chunk.Ssn.Value,
        chunk.Fsn,
        Encoding.ASCII.GetString(chunk.Payload),
        chunk.IsBeginning,
        chunk.IsEnding,
        chunk.IsUnordered,
        chunk.IsImmediate);
}
