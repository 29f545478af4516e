using System.Text;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Tests.Receive;

/// <summary>A data chunk that can be kept and shuffled, unlike the view.</summary>
internal sealed record TestChunk(uint Tsn, ushort StreamId, uint Number, string Text, bool Begins = true, bool Ends = true)
{
    public bool Interleaved { get; init; }

    public bool Unordered { get; init; }

    public uint Fsn { get; init; }

    public uint Ppid { get; init; } = 51;

    public DataChunk Chunk => new()
    {
        IsInterleaved = Interleaved,
        Tsn = new(Tsn),
        StreamId = StreamId,
        IsUnordered = Unordered,
        IsBeginning = Begins,
        IsEnding = Ends,
        Ssn = Interleaved ? default : new((ushort)Number),
        Mid = Interleaved ? new(Number) : default,
        Fsn = Fsn,
        Ppid = Begins || !Interleaved ? new(Ppid) : default,
        Payload = Encoding.ASCII.GetBytes(Text),
    };

    /// <summary>Cuts a message into chunks of at most <paramref name="size"/> characters with TSNs from <paramref name="tsn"/> on.</summary>
    public static IEnumerable<TestChunk> Cut(string text, int size, uint tsn, ushort streamId, uint number, bool unordered = false, bool interleaved = false)
    {
        for (var at = 0; at < text.Length; at += size)
        {
            yield return new(tsn++, streamId, number, text.Substring(at, Math.Min(size, text.Length - at)), at == 0, at + size >= text.Length)
            {
                Interleaved = interleaved,
                Unordered = unordered,
                Fsn = (uint)(at / size),
            };
        }
    }
}
