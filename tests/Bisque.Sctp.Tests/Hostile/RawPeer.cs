using Bisque.Primitives;
using Bisque.Sctp.Packets;
using Bisque.Testing;

namespace Bisque.Sctp.Tests.Hostile;

/// <summary>An association, and a peer that is connected to it and says what the test wants.</summary>
internal sealed class RawPeer
{
    public const uint PeerTag = 7;

    /// <summary>Everything offered: forward TSN, I-DATA, stream reset.</summary>
    private static readonly byte[] All = [0x80, 0x08, 0, 8, 130, 192, 64, 194, 0xC0, 0, 0, 4];

    public RawPeer(SctpOptions? options = null, byte[]? parameters = null, uint window = 100_000)
    {
        Local = new(options, seed: 3);
        Local.Association.Receive(Packet.Init(PeerTag, ushort.MaxValue, ushort.MaxValue, window, parameters ?? All), Now);
        var initAck = Local.TakeOnly();
        Tag = Packet.InitiateTagOf(initAck);
        InitialTsn = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(initAck.AsSpan(28));
        Assert.True(SctpPacket.TryParse(initAck, out var packet));
        var rest = packet.Chunks;
        Assert.True(Chunk.TryRead(ref rest, out var chunk));
        Assert.True(InitChunk.TryParse(chunk, out var init));
        var values = init.Parameters;
        while (Parameter.TryRead(ref values, out var parameter))
        {
            if (parameter.Type == ParameterType.StateCookie)
            {
                Say(Packet.Chunk(ChunkType.CookieEcho, 0, parameter.Value.ToArray()));
            }
        }

        Assert.Equal(SctpState.Connected, Local.State);
        Local.Sent.Clear();
    }

    public Peer Local { get; }

    public uint Tag { get; }

    /// <summary>The number of the first chunk that the association sends; ours is 1000.</summary>
    public uint InitialTsn { get; }

    public MonotonicTime Now { get; set; } = 1000.Milliseconds();

    public void Say(params byte[][] chunks) => Local.Association.Receive(Packet.Of(Tag, chunks), Now);

    /// <summary>What was answered, by chunk types, packet after packet.</summary>
    public ChunkType[] Answers() => [.. Local.TakeSent().SelectMany(Peer.ChunksOf)];
}
