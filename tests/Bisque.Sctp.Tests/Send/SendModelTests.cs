using System.Text;
using Bisque.Primitives;
using Bisque.Sctp.Packets;
using Bisque.Sctp.Receive;
using Bisque.Sctp.Send;
using Bisque.Testing;

namespace Bisque.Sctp.Tests.Send;

/// <summary>The sending side against a receiver that loses, and against one that lies.</summary>
public class SendModelTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_is_lost_and_reordered_reliable_messages_arrive_once_and_in_order(bool interleaved)
    {
        for (var seed = 0ul; seed < 60; seed++)
        {
            var transfer = new Transfer(seed, interleaved);
            transfer.Run();

            Assert.True(transfer.Sender.Retransmission.IsEmpty, $"seed {seed}: {transfer}");
            Assert.Equal(0, transfer.Sender.Retransmission.BytesInFlight);
            Assert.True(transfer.Receiver.BufferedBytes == 0, $"seed {seed}: {transfer}");
            foreach (var stream in transfer.Expected.GroupBy(message => message[0]))
            {
                var got = transfer.Received.Where(message => message[0] == stream.Key && message.Contains('r')).ToList();
                Assert.True(got.SequenceEqual(stream.Where(message => message.Contains('r'))), $"seed {seed}, stream {stream.Key}");
            }

            Assert.Equal(transfer.Received.Count, transfer.Received.Distinct().Count());
        }
    }

    [Fact]
    public void Random_SACKs_never_unbalance_what_is_in_flight()
    {
        for (var seed = 0ul; seed < 200; seed++)
        {
            var random = new SeededRandomSource(seed);
            var sender = new SenderUnderTest(interleaved: random.NextInt32(0, 1) == 0);
            for (var step = 0; step < 200; step++)
            {
                sender.Wait(random.NextInt32(0, 50));
                var limited = random.NextInt32(0, 1) == 0;
                sender.Send(random.NextInt32(1, 4000), (ushort)random.NextInt32(0, 3), new() { Unordered = limited, MaxRetransmissions = limited ? random.NextInt32(0, 2) : null });
                sender.Burst();
                var last = sender.Retransmission.LastAssignedTsn.Value;
                var cumulative = last - (uint)random.NextInt32(-2, 40);
                var blocks = new GapBlock[random.NextInt32(0, 3)];
                for (var i = 0; i < blocks.Length; i++)
                {
                    var start = random.NextInt32(0, 30);
                    blocks[i] = new((ushort)start, (ushort)(start + random.NextInt32(-1, 8)));
                }

                sender.SackWithWindow(cumulative, (uint)random.NextInt32(0, 3) * 40_000, blocks);
                if (sender.Now >= sender.Retransmission.NextDeadline)
                {
                    sender.Retransmission.OnDeadline(sender.Now);
                }

                sender.Forward();
                Assert.InRange(sender.Retransmission.BytesInFlight, 0, sender.Retransmission.CongestionWindow * 4 + 100_000);
                Assert.InRange(sender.Queue.TotalBufferedAmount, 0, 2_004_000);
            }

            sender.Sack(sender.Retransmission.LastAssignedTsn.Value);
            Assert.Equal(0, sender.Retransmission.BytesInFlight);
        }
    }

    [Fact]
    public void A_peer_that_never_acknowledges_the_first_chunk_cannot_make_us_keep_everything()
    {
        var sender = new SenderUnderTest(new() { SendBufferSize = 100_000_000, PerStreamSendQueueLimit = 100_000_000 });
        sender.Send(1);
        sender.All();
        var sent = 0;
        for (var i = 0; i < 60_000; i++)
        {
            sender.Send(1);
            sender.Send(1);
            var count = sender.Burst().Sum(packet => packet.Count);
            sent += count;
            var reach = Math.Min(ushort.MaxValue, sender.Retransmission.LastAssignedTsn.Value - 9);
            sender.SackWithWindow(9, uint.MaxValue, new GapBlock((ushort)Math.Max(2, reach - 10), (ushort)reach));
        }

        Assert.InRange(sent, OutstandingData.MaximumChunks - 100, OutstandingData.MaximumChunks);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sending_and_acknowledging_allocates_nothing(bool interleaved)
    {
        var sender = new SenderUnderTest(interleaved: interleaved);
        var message = new byte[3000];
        var packet = new byte[1188];
        var sack = new byte[64];
        var allocated = AllocationAssert.BytesAllocated(() =>
        {
            sender.Queue.Add(1, default, message, new() { LifecycleId = 0 }, sender.Now);
            sender.Retransmission.StartBurst();
            while (sender.Retransmission.WriteChunks(packet.AsSpan(12), sender.Now) > 0)
            {
            }

            sender.Wait(1);
            ReadOnlySpan<byte> rest = sack.AsSpan(0, SackChunk.Write(sack, sender.Retransmission.LastAssignedTsn, 100_000, [], []));
            _ = Chunk.TryRead(ref rest, out var chunk) && SackChunk.TryParse(chunk, out var view) && sender.Retransmission.HandleSack(view, sender.Now) == SackOutcome.Progress;
        });

        Assert.Equal(0, allocated);
        Assert.True(sender.Retransmission.IsEmpty);
    }

    /// <summary>A sender and the receiving side, joined by a link that loses, repeats and reorders.</summary>
    private sealed class Transfer(ulong seed, bool interleaved) : IMessageSink
    {
        private readonly SeededRandomSource _random = new(seed);
        private readonly VirtualLink _there = new(seed) { Loss = 0.2, Duplication = 0.05, Jitter = TimeSpan.FromMilliseconds(20) };
        private readonly VirtualLink _back = new(seed + 1) { Loss = 0.2, Jitter = TimeSpan.FromMilliseconds(20) };
        private readonly DataTracker _tracker = new(new(10));
        private readonly byte[] _packet = new byte[1500];

        public SenderUnderTest Sender { get; } = new(interleaved: interleaved);

        public ReassemblyQueue Receiver { get; private set; } = null!;

        public List<string> Received { get; } = [];

        public List<string> Expected { get; } = [];

        public void Run()
        {
            Receiver = new(new(), interleaved, this);
            var left = 60;
            for (var step = 0; step < 2_000_000 && (left > 0 || !Sender.Retransmission.IsEmpty); step++)
            {
                if (left > 0 && _random.NextInt32(0, 3) == 0)
                {
                    Offer(left--);
                }

                Exchange();
                Sender.Wait(2);
            }
        }

        public void Message(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message) => Received.Add(Encoding.ASCII.GetString(message));

        public void MessageTooLarge(ushort streamId) => Assert.Fail("No message is too large.");

        public override string ToString() =>
            $"{Sender.Queue.TotalBufferedAmount} bytes wait, {Sender.Retransmission.BytesInFlight} are in flight, last TSN {Sender.Retransmission.LastAssignedTsn}, "
            + $"cumulative {_tracker.CumulativeTsn}, T3 at {Sender.Retransmission.NextDeadline}, now {Sender.Now}, {Receiver.BufferedBytes} bytes held";

        private void Offer(int number)
        {
            var stream = _random.NextInt32(0, 3);
            var limited = _random.NextInt32(0, 2) == 0;
            var text = $"{stream}{(limited ? 'l' : 'r')}{number} {new string('.', _random.NextInt32(0, 8000))}";
            Expected.Add(text);
            var options = new SctpSendOptions { Unordered = limited && number % 2 == 0, MaxRetransmissions = limited ? 0 : null };
            Assert.Equal(SctpSendStatus.Success, Sender.Send(text, (ushort)stream, options));
        }

        private void Exchange()
        {
            var now = Sender.Now;
            Sender.Retransmission.OnDeadline(now);
            Sender.Retransmission.StartBurst();
            int length;
            while ((length = Sender.Retransmission.WriteForwardTsn(_packet, now)) > 0 || (length = Sender.Retransmission.WriteChunks(_packet.AsSpan(0, Sender.Room), now)) > 0)
            {
                _there.Send(_packet.AsSpan(0, length), now);
            }

            while (_there.TryReceive(now, out var datagram))
            {
                Receive(datagram, now);
            }

            _tracker.OnDeadline(now);
            if (_tracker.IsSackDue)
            {
                _back.Send(_packet.AsSpan(0, _tracker.WriteSack(_packet, Receiver.Window)), now);
            }

            while (_back.TryReceive(now, out var datagram))
            {
                ReadOnlySpan<byte> rest = datagram;
                Assert.True(Chunk.TryRead(ref rest, out var chunk) && SackChunk.TryParse(chunk, out var sack) && Sender.Retransmission.HandleSack(sack, now) != SackOutcome.Refused);
            }
        }

        private void Receive(ReadOnlySpan<byte> rest, MonotonicTime now)
        {
            while (Chunk.TryRead(ref rest, out var chunk))
            {
                if (chunk.Type is ChunkType.Data or ChunkType.IData)
                {
                    Assert.True(DataChunk.TryParse(chunk, out var data));
                    if (_tracker.Observe(data.Tsn, data.IsImmediate))
                    {
                        Receiver.Add(data);
                    }
                }
                else
                {
                    Assert.True(ForwardTsnChunk.TryParse(chunk, out var forward));
                    if (_tracker.ForwardTo(forward.NewCumulativeTsn))
                    {
                        Receiver.Forward(forward);
                    }
                }
            }

            _tracker.PacketDone(now, TimeSpan.FromMilliseconds(200));
        }
    }
}
