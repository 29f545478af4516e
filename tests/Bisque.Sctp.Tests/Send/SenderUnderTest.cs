using System.Text;
using Bisque.Primitives;
using Bisque.Sctp.Packets;
using Bisque.Sctp.Send;
using Bisque.Testing;

namespace Bisque.Sctp.Tests.Send;

/// <summary>The sending side alone: what it would send, and what a peer that is played by the test answers. TSNs begin at 10.</summary>
internal sealed class SenderUnderTest
{
    private readonly byte[] _packet = new byte[1500];
    private readonly byte[] _chunk = new byte[1500];
    private readonly SctpOptions _options;

    public SenderUnderTest(SctpOptions? options = null, bool interleaved = false, uint peerWindow = 1_000_000, bool partialReliability = true)
    {
        _options = options ?? new();
        var capabilities = new SctpCapabilities
        {
            OutgoingStreams = 100,
            MessageInterleaving = interleaved,
            PartialReliability = partialReliability,
        };
        Queue = new(_options, Events);
        Queue.SetCapabilities(capabilities);
        Timeout = new(_options);
        Retransmission = new(_options, Queue, new(10), peerWindow, capabilities, Timeout);
    }

    public RecordingEvents Events { get; } = new();

    public SendQueue Queue { get; }

    public RetransmissionTimeout Timeout { get; }

    public RetransmissionQueue Retransmission { get; }

    public MonotonicTime Now { get; set; } = 1000.Milliseconds();

    /// <summary>Bytes of a full packet behind the common header.</summary>
    public int Room => (_options.Mtu & ~3) - 12;

    /// <summary>The payload that fills a packet.</summary>
    public int FullPayload => Room - 16;

    public SctpSendStatus Send(string text, ushort stream = 1, SctpSendOptions options = default) =>
        Queue.Add(stream, PayloadProtocolId.WebRtcString, Encoding.ASCII.GetBytes(text), options, Now);

    public SctpSendStatus Send(int length, ushort stream = 1, SctpSendOptions options = default) => Send(new string('x', length), stream, options);

    /// <summary>One packet: its chunks, or none.</summary>
    public List<SentChunk> Packet(int? room = null)
    {
        var written = Retransmission.WriteChunks(_packet.AsSpan(0, room ?? Room), Now);
        ReadOnlySpan<byte> rest = _packet.AsSpan(0, written);
        var chunks = new List<SentChunk>();
        while (Chunk.TryRead(ref rest, out var chunk))
        {
            Assert.True(DataChunk.TryParse(chunk, out var data));
            chunks.Add(SentChunk.Of(data));
        }

        return chunks;
    }

    /// <summary>All packets of one opportunity.</summary>
    public List<List<SentChunk>> Burst()
    {
        var packets = new List<List<SentChunk>>();
        Retransmission.StartBurst();
        while (Packet() is { Count: > 0 } packet)
        {
            packets.Add(packet);
        }

        return packets;
    }

    /// <summary>All chunks that may be sent now, over as many opportunities as it takes.</summary>
    public List<SentChunk> All()
    {
        var chunks = new List<SentChunk>();
        while (Burst() is { Count: > 0 } burst)
        {
            chunks.AddRange(burst.SelectMany(packet => packet));
        }

        return chunks;
    }

    public List<uint> Tsns() => [.. All().Select(chunk => chunk.Tsn)];

    public SackOutcome Sack(uint cumulative, params GapBlock[] blocks) => SackWithWindow(cumulative, 1_000_000, blocks);

    public SackOutcome SackWithWindow(uint cumulative, uint window, params GapBlock[] blocks)
    {
        ReadOnlySpan<byte> rest = _chunk.AsSpan(0, SackChunk.Write(_chunk, new(cumulative), window, blocks, []));
        Assert.True(Chunk.TryRead(ref rest, out var chunk));
        Assert.True(SackChunk.TryParse(chunk, out var sack));
        return Retransmission.HandleSack(sack, Now);
    }

    /// <summary>The FORWARD-TSN that is due, as "tsn stream:number ...", or null.</summary>
    public string? Forward()
    {
        var written = Retransmission.WriteForwardTsn(_chunk, Now);
        if (written == 0)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = _chunk.AsSpan(0, written);
        Assert.True(Chunk.TryRead(ref rest, out var chunk));
        Assert.True(ForwardTsnChunk.TryParse(chunk, out var forward));
        var parts = new List<string> { forward.NewCumulativeTsn.ToString() };
        for (var i = 0; i < forward.Count; i++)
        {
            var entry = forward.EntryAt(i);
            parts.Add($"{entry.StreamId}:{(entry.IsUnordered ? "u" : "")}{(forward.IsInterleaved ? entry.Mid.Value : entry.Ssn.Value)}");
        }

        return string.Join(' ', parts);
    }

    /// <summary>Lets T3-rtx expire.</summary>
    public void Expire()
    {
        Assert.NotEqual(MonotonicTime.Never, Retransmission.NextDeadline);
        Now = Retransmission.NextDeadline;
        Assert.True(Retransmission.OnDeadline(Now));
    }

    public void Wait(int milliseconds) => Now += TimeSpan.FromMilliseconds(milliseconds);
}
