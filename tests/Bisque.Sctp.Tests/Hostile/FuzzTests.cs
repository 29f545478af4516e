using Bisque.Primitives;
using Bisque.Sctp.Packets;
using Bisque.Testing;

namespace Bisque.Sctp.Tests.Hostile;

/// <summary>Damaged packets against an association that lives, and is made anew whenever one of them ends it.</summary>
public sealed class FuzzTests
{
    private const int Packets = 1_000_000;
    private const ulong ZSeed = 5;

    [Fact]
    public void A_million_damaged_packets_neither_throw_nor_take_more_than_the_window()
    {
        var (handshake, corpus) = Record();
        var tag = Packet.VerificationTagOf(corpus[^1]);
        var mutator = new Mutator(31);
        var random = new SeededRandomSource(32);
        var options = new SctpOptions { ReceiverWindow = 200_000, SendBufferSize = 100_000 };
        var now = 1000.Milliseconds();
        var peer = Live(options, handshake, now);
        var lives = 1;
        var delivered = 0L;
        var payload = new byte[3000];
        for (var i = 0; i < Packets; i++)
        {
            var packet = mutator.Next(corpus);
            if (packet.Length >= 16 && (i & 15) != 0)
            {
                // Most are to get past the header.
                SctpPacket.WriteHeader(packet, 5000, 5000, tag);
            }

            now += TimeSpan.FromTicks((i & 7) * TimeSpan.TicksPerMicrosecond * 100);
            peer.Association.Receive(packet, now);
            peer.ExpireAt(now);
            if ((i & 31) == 0)
            {
                peer.Association.Send(
                    (ushort)(i >> 5 & 3), PayloadProtocolId.WebRtcBinary, payload.AsSpan(0, random.NextInt32(1, payload.Length)),
                    new SctpSendOptions { Unordered = (i & 32) != 0, MaxRetransmissions = (i & 64) != 0 ? 0 : null }, now);
            }

            if (peer.State is SctpState.Closed or SctpState.Failed)
            {
                delivered += peer.Association.Counters.MessagesReceived;
                peer = Live(options, handshake, now);
                lives++;
            }
        }

        delivered += peer.Association.Counters.MessagesReceived;
        Assert.InRange(lives, 10, Packets / 10);
        Assert.True(delivered > 1_000, $"{delivered} messages of {lives} associations");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, 200_000_000);
    }

    /// <summary>The packets of a conversation that has everything in it, and those of the handshake, as A sent them to Z.</summary>
    private static (byte[][] Handshake, List<byte[]> Corpus) Record()
    {
        var handshake = new List<byte[]>();
        var corpus = new List<byte[]>();
        var pair = new Pair(seed: ZSeed / 2);
        pair.OnSent = (fromA, packet) =>
        {
            if (fromA)
            {
                (Peer.ChunksOf(packet)[0] is ChunkType.Init or ChunkType.CookieEcho ? handshake : corpus).Add(packet);
            }

            return packet;
        };
        pair.A.Association.Connect(pair.Now);
        pair.Run(100);
        var count = 0;
        var all = pair.OnSent;
        pair.OnSent = (fromA, packet) => all(fromA, packet) is { } kept && count++ % 7 == 3 ? null : packet;
        for (var i = 0; i < 10; i++)
        {
            pair.A.Send(new byte[500 * (i + 1)], pair.Now, (ushort)i, new SctpSendOptions { Unordered = i % 2 == 0, MaxRetransmissions = i % 3 == 0 ? 0 : null });
            pair.Z.Send(new byte[700 * (i + 1)], pair.Now, (ushort)i);
            pair.Run(300);
        }

        pair.A.Association.ResetStreams([1, 2, 3], pair.Now);
        pair.Z.Association.ResetStreams([4], pair.Now);
        pair.Run(70_000);
        Assert.Equal(2, handshake.Count);
        var tag = Packet.VerificationTagOf(corpus[0]);
        corpus.Add(Packet.Of(tag, Packet.Chunk(ChunkType.Error, 0, 0, 13, 0, 4)));
        corpus.Add(Packet.Of(tag, Packet.Sack(1000, 50_000, new GapBlock(2, 3), new GapBlock(5, 9))));
        corpus.Add(Packet.Of(tag, Packet.Chunk(ChunkType.IForwardTsn, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1)));
        corpus.AddRange(handshake);
        corpus.Add(corpus[0]);
        foreach (var type in new[] { ChunkType.Data, ChunkType.IForwardTsn, ChunkType.ReConfig, ChunkType.Heartbeat, ChunkType.Sack })
        {
            Assert.True(type == ChunkType.Data || corpus.Any(packet => Peer.ChunksOf(packet).Contains(type)), $"no {type} in the corpus");
        }

        return ([.. handshake], corpus);
    }

    private static Peer Live(SctpOptions options, byte[][] handshake, MonotonicTime now)
    {
        var peer = new Peer(options, ZSeed / 2 * 2 + 1);
        peer.Association.Receive(handshake[0], now);
        var initAck = peer.TakeOnly();
        ReadOnlySpan<byte> initAckBytes = initAck;
        Assert.True(SctpPacket.TryParse(initAckBytes, out var packet));
        var rest = packet.Chunks;
        Assert.True(Chunk.TryRead(ref rest, out var chunk));
        Assert.True(InitChunk.TryParse(chunk, out var init));
        var parameters = init.Parameters;
        while (Parameter.TryRead(ref parameters, out var parameter))
        {
            if (parameter.Type == ParameterType.StateCookie)
            {
                peer.Association.Receive(Packet.Of(init.InitiateTag, Packet.Chunk(ChunkType.CookieEcho, 0, parameter.Value.ToArray())), now);
            }
        }

        Assert.Equal(SctpState.Connected, peer.State);
        peer.Sent.Clear();
        peer.Discard = true;
        return peer;
    }
}
