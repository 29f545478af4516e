using Bisque.Sctp.Packets;
using Bisque.Sctp.Send;

namespace Bisque.Sctp.Tests.Send;

/// <summary>A packet of acknowledgements must not cost more than one walk over what is outstanding.</summary>
public class HostileSackTests
{
    [Fact]
    public void Blocks_that_together_cover_more_than_is_outstanding_are_refused()
    {
        var sender = new SenderUnderTest();
        for (var i = 0; i < 10; i++)
        {
            sender.Send(sender.FullPayload);
        }

        Assert.Equal(10, sender.All().Count);

        Assert.Equal(SackOutcome.Refused, sender.Sack(9, new GapBlock(2, 10), new GapBlock(2, 10)));
        Assert.Equal(SackOutcome.Refused, sender.Sack(9, new GapBlock(2, 6), new GapBlock(5, 10), new GapBlock(8, 9)));
        Assert.Equal(SackOutcome.Progress, sender.Sack(9, new GapBlock(2, 4), new GapBlock(6, 10)));
    }

    [Fact]
    public void Only_the_first_acknowledgement_of_a_packet_is_looked_at()
    {
        var pair = Pair.Connected();
        pair.KeepLog = true;
        pair.A.Send("x", pair.Now);
        pair.Run(5);
        Assert.True(SctpPacket.TryParse(pair.Log.First(packet => packet.FromA).Packet, out var data));
        var rest = data.Chunks;
        Assert.True(Chunk.TryRead(ref rest, out var chunk));
        Assert.True(DataChunk.TryParse(chunk, out var sent));
        var before = pair.A.Association.Counters.ChunksDropped;
        pair.Run(1000);
        Assert.True(SctpPacket.TryParse(pair.Log.First(packet => !packet.FromA).Packet, out var answer));

        pair.A.Association.Receive(
            Packet.Of(answer.VerificationTag, [.. Enumerable.Repeat(Packet.Sack(sent.Tsn.Value), 40)]), pair.Now);

        Assert.Equal(before + 39, pair.A.Association.Counters.ChunksDropped);
    }
}
