using System.Text;
using Bisque.Sctp.Packets;
using Bisque.Sctp.Receive;
using Bisque.Testing;

namespace Bisque.Sctp.Tests.Receive;

public class ReassemblyQueueTests
{
    private readonly RecordingSink _sink = new();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Fragments_in_every_order_give_the_message_once(bool interleaved, bool unordered)
    {
        var chunks = TestChunk.Cut("abcdefgh", 2, 10, 1, 0, unordered, interleaved).ToArray();
        foreach (var order in Permutations([0, 1, 2, 3]))
        {
            var sink = new RecordingSink();
            var queue = Queue(sink, interleaved);
            foreach (var index in order)
            {
                Assert.Empty(sink.Messages);
                queue.Add(chunks[index].Chunk);
            }

            Assert.Equal(["1:abcdefgh"], sink.Messages);
            Assert.Equal(51u, sink.Ppids[0].Value);
            Assert.Equal(0, queue.BufferedBytes);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ordered_messages_wait_for_those_before_them(bool interleaved)
    {
        var queue = Queue(_sink, interleaved);

        queue.Add(new TestChunk(12, 1, 2, "c") { Interleaved = interleaved }.Chunk);
        queue.Add(new TestChunk(11, 1, 1, "b") { Interleaved = interleaved }.Chunk);
        Assert.Empty(_sink.Messages);
        queue.Add(new TestChunk(10, 1, 0, "a") { Interleaved = interleaved }.Chunk);

        Assert.Equal(["1:a", "1:b", "1:c"], _sink.Messages);
        Assert.Equal(0, queue.BufferedBytes);
    }

    [Fact]
    public void A_stream_does_not_wait_for_another()
    {
        var queue = Queue(_sink);

        queue.Add(new TestChunk(12, 1, 1, "late").Chunk);
        queue.Add(new TestChunk(11, 2, 0, "now").Chunk);

        Assert.Equal(["2:now"], _sink.Messages);
    }

    [Fact]
    public void Unordered_messages_overtake()
    {
        var queue = Queue(_sink);

        queue.Add(new TestChunk(12, 1, 1, "ordered").Chunk);
        queue.Add(new TestChunk(13, 1, 0, "free") { Unordered = true }.Chunk);

        Assert.Equal(["1:free"], _sink.Messages);
    }

    [Fact]
    public void Messages_of_several_streams_may_come_interleaved()
    {
        var queue = Queue(_sink, interleaved: true);
        var one = TestChunk.Cut("aaaa", 2, 0, 1, 0, interleaved: true).ToArray();
        var two = TestChunk.Cut("bbbb", 2, 0, 2, 0, interleaved: true).ToArray();

        foreach (var chunk in new[] { one[0], two[0], two[1], one[1] })
        {
            queue.Add(chunk.Chunk);
        }

        Assert.Equal(["2:bbbb", "1:aaaa"], _sink.Messages);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Numbers_of_messages_wrap(bool interleaved)
    {
        var queue = Queue(_sink, interleaved);
        for (var number = 0u; number < 70_000; number++)
        {
            queue.Add(new TestChunk(number, 1, number, "x") { Interleaved = interleaved }.Chunk);
        }

        Assert.Equal(70_000, _sink.Messages.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_message_over_the_limit_is_dropped_and_those_behind_it_are_delivered(bool interleaved)
    {
        var queue = Queue(_sink, interleaved, new() { MaxReceiveMessageSize = 10 });
        foreach (var chunk in TestChunk.Cut("this is too long", 3, 10, 1, 0, interleaved: interleaved))
        {
            queue.Add(chunk.Chunk);
        }

        queue.Add(new TestChunk(20, 1, 1, "also too long") { Interleaved = interleaved }.Chunk);
        queue.Add(new TestChunk(21, 1, 2, "short") { Interleaved = interleaved }.Chunk);

        Assert.Equal(2, _sink.TooLarge);
        Assert.Equal(["1:short"], _sink.Messages);
        Assert.Equal(0, queue.BufferedBytes);
    }

    [Fact]
    public void A_fragment_without_bytes_is_ignored()
    {
        var queue = Queue(_sink);

        queue.Add(new TestChunk(10, 1, 0, "").Chunk);

        Assert.Empty(_sink.Messages);
        Assert.Equal(0, queue.BufferedBytes);
    }

    [Fact]
    public void A_chunk_of_the_kind_that_was_not_negotiated_is_ignored()
    {
        var queue = Queue(_sink);

        queue.Add(new TestChunk(10, 1, 0, "a") { Interleaved = true }.Chunk);

        Assert.Empty(_sink.Messages);
    }

    [Fact]
    public void Neighbours_of_different_messages_are_not_joined()
    {
        var queue = Queue(_sink);

        queue.Add(new TestChunk(10, 1, 0, "a", Ends: false).Chunk);
        queue.Add(new TestChunk(11, 2, 0, "b", Begins: false).Chunk);

        Assert.Empty(_sink.Messages);
    }

    [Fact]
    public void Skipped_messages_are_not_waited_for()
    {
        var queue = Queue(_sink);
        queue.Add(new TestChunk(10, 1, 0, "part", Ends: false).Chunk);
        queue.Add(new TestChunk(13, 1, 2, "c").Chunk);
        queue.Add(new TestChunk(12, 1, 1, "b").Chunk);

        Forward(queue, false, 11, new SkippedStream(1, false, new(0), default));

        Assert.Equal(["1:b", "1:c"], _sink.Messages);
        Assert.Equal(0, queue.BufferedBytes);
    }

    [Fact]
    public void What_is_whole_among_the_skipped_is_delivered()
    {
        var queue = Queue(_sink);
        queue.Add(new TestChunk(11, 1, 1, "b").Chunk);

        Forward(queue, false, 12, new SkippedStream(1, false, new(2), default));

        Assert.Equal(["1:b"], _sink.Messages);
    }

    [Fact]
    public void Parts_of_unordered_messages_are_forgotten_when_skipped()
    {
        var queue = Queue(_sink);
        queue.Add(new TestChunk(10, 1, 0, "part", Ends: false) { Unordered = true }.Chunk);
        queue.Add(new TestChunk(12, 1, 0, "end", Begins: false) { Unordered = true }.Chunk);
        queue.Add(new TestChunk(14, 1, 0, "mine", Begins: false) { Unordered = true }.Chunk);

        Forward(queue, false, 12);
        Assert.Equal(FragmentMemory.PieceOverhead + 4, queue.BufferedBytes);
        queue.Add(new TestChunk(13, 1, 0, "still ", Ends: false) { Unordered = true }.Chunk);

        Assert.Equal(["1:still mine"], _sink.Messages);
        Assert.Equal(0, queue.BufferedBytes);
    }

    [Fact]
    public void The_rest_of_a_message_whose_beginning_is_skipped_is_forgotten()
    {
        var queue = Queue(_sink);
        queue.Add(new TestChunk(12, 1, 0, "mid", Begins: false, Ends: false) { Unordered = true }.Chunk);
        queue.Add(new TestChunk(13, 1, 0, "end", Begins: false) { Unordered = true }.Chunk);

        Forward(queue, false, 11);

        Assert.Equal(0, queue.BufferedBytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Skipping_by_MID_forgets_all_that_is_not_whole(bool unordered)
    {
        var queue = Queue(_sink, interleaved: true);
        for (var mid = 0u; mid < 5; mid++)
        {
            queue.Add(new TestChunk(10 + 2 * mid, 1, mid, "a", Ends: false) { Interleaved = true, Unordered = unordered }.Chunk);
        }

        Forward(queue, true, 17, new SkippedStream(1, unordered, default, new(3)));
        queue.Add(new TestChunk(19, 1, 4, "b", Begins: false) { Interleaved = true, Unordered = unordered, Fsn = 1 }.Chunk);

        Assert.Equal(["1:ab"], _sink.Messages);
        Assert.Equal(0, queue.BufferedBytes);
    }

    [Fact]
    public void A_fragment_of_a_skipped_message_that_comes_late_is_forgotten()
    {
        var queue = Queue(_sink, interleaved: true);
        Forward(queue, true, 17, new SkippedStream(1, true, default, new(3)));

        queue.Add(new TestChunk(18, 1, 3, "late", Ends: false) { Interleaved = true, Unordered = true }.Chunk);

        Assert.Equal(0, queue.BufferedBytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_reset_begins_numbering_anew(bool interleaved)
    {
        var queue = Queue(_sink, interleaved);
        queue.Add(new TestChunk(10, 1, 0, "a") { Interleaved = interleaved }.Chunk);
        queue.Add(new TestChunk(11, 2, 0, "x") { Interleaved = interleaved }.Chunk);

        Assert.True(queue.ResetStreams(new(11), new(11), [1]));
        queue.Add(new TestChunk(12, 1, 0, "b") { Interleaved = interleaved }.Chunk);
        queue.Add(new TestChunk(13, 2, 1, "y") { Interleaved = interleaved }.Chunk);

        Assert.Equal(["1:a", "2:x", "1:b", "2:y"], _sink.Messages);
    }

    [Fact]
    public void A_reset_of_all_streams_lists_none()
    {
        var queue = Queue(_sink);
        queue.Add(new TestChunk(10, 1, 0, "a").Chunk);
        queue.Add(new TestChunk(11, 2, 0, "x").Chunk);

        Assert.True(queue.ResetStreams(new(11), new(11), []));
        queue.Add(new TestChunk(12, 1, 0, "b").Chunk);
        queue.Add(new TestChunk(13, 2, 0, "y").Chunk);

        Assert.Equal(["1:a", "2:x", "1:b", "2:y"], _sink.Messages);
    }

    [Fact]
    public void A_reset_waits_for_the_last_TSN_before_it()
    {
        var queue = Queue(_sink);
        Assert.False(queue.ResetStreams(new(12), new(9), [1]));

        queue.Add(new TestChunk(13, 1, 0, "new").Chunk);
        queue.Add(new TestChunk(14, 2, 0, "other").Chunk);
        queue.Add(new TestChunk(10, 1, 0, "a").Chunk);
        Assert.False(queue.CompleteDeferredReset(new(10)));
        queue.Add(new TestChunk(12, 1, 2, "c").Chunk);
        queue.Add(new TestChunk(11, 1, 1, "b").Chunk);
        Assert.Equal(["2:other", "1:a", "1:b", "1:c"], _sink.Messages);

        Assert.True(queue.CompleteDeferredReset(new(14)));
        Assert.Equal("1:new", _sink.Messages[^1]);
        Assert.False(queue.HasDeferredReset);
        Assert.Equal(0, queue.BufferedBytes);
    }

    [Fact]
    public void The_window_shrinks_by_what_is_kept_and_what_keeping_it_costs()
    {
        var queue = Queue(_sink, options: new() { ReceiverWindow = 10_000 });
        Assert.Equal(10_000u, queue.Window);

        queue.Add(new TestChunk(20, 1, 0, "loose", Begins: false).Chunk);

        Assert.Equal(10_000u - 5 - FragmentMemory.PieceOverhead, queue.Window);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_flood_of_tiny_fragments_fills_the_window_before_it_fills_memory(bool interleaved)
    {
        var queue = Queue(_sink, interleaved, new() { ReceiverWindow = 1_000_000 });
        var before = GC.GetAllocatedBytesForCurrentThread();
        var chunk = new TestChunk(0, 1, 0, "x", Ends: false) { Interleaved = interleaved };
        uint count = 0;
        for (; !queue.IsFull; count++)
        {
            // Every second TSN, beginnings of messages and loose parts by turns.
            queue.Add((chunk with { Tsn = 2 * count, StreamId = (ushort)(count % 100), Number = count / 100, Begins = count % 2 == 0, Fsn = count % 2 }).Chunk);
        }

        Assert.InRange(count, 2000u, 8000u);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 6_000_000, "What was allocated in all, test chunks and growing tables included.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_orders_deliver_what_was_sent(bool interleaved)
    {
        for (var seed = 0ul; seed < 300; seed++)
        {
            var random = new SeededRandomSource(seed);
            var sink = new RecordingSink();
            var queue = Queue(sink, interleaved);
            var chunks = new List<TestChunk>();
            var sent = new Dictionary<(int Stream, bool Unordered), List<string>>();
            var tsn = (uint)random.NextInt32(-50, 50);
            for (var i = 0; i < 40; i++)
            {
                var stream = random.NextInt32(0, 3);
                var unordered = random.NextInt32(0, 2) == 0;
                var text = new string((char)('a' + i % 26), random.NextInt32(1, 30)) + (unordered ? "U" : "O") + i;
                var messages = sent.TryGetValue((stream, unordered), out var list) ? list : sent[(stream, unordered)] = [];
                var cut = TestChunk.Cut(text, random.NextInt32(1, 20), tsn, (ushort)stream, (uint)messages.Count, unordered, interleaved).ToList();
                messages.Add($"{stream}:{text}");
                tsn += (uint)cut.Count;
                chunks.AddRange(cut);
            }

            Shuffle(chunks, random, random.NextInt32(0, chunks.Count - 1));
            chunks.ForEach(chunk => queue.Add(chunk.Chunk));

            Assert.True(queue.BufferedBytes == 0, $"seed {seed}: {queue.BufferedBytes} bytes left");
            foreach (var ((stream, unordered), messages) in sent)
            {
                var got = sink.Messages.Where(message => message.StartsWith($"{stream}:", StringComparison.Ordinal) && message.Contains(unordered ? 'U' : 'O')).ToList();
                Assert.True(unordered ? got.Order().SequenceEqual(messages.Order()) : got.SequenceEqual(messages), $"seed {seed}, stream {stream}");
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Anything_in_any_order_stays_within_the_window(bool interleaved)
    {
        const int Window = 200_000;
        var random = new SeededRandomSource(7);
        var queue = Queue(_sink, interleaved, new() { ReceiverWindow = Window, MaxReceiveMessageSize = 5000 });
        var bytes = new byte[1200];
        for (var i = 0; i < 200_000; i++)
        {
            var beginning = random.NextInt32(0, 2) == 0;
            var chunk = new DataChunk
            {
                IsInterleaved = interleaved,
                Tsn = new((uint)random.NextInt32(0, 3000)),
                StreamId = (ushort)random.NextInt32(0, 5),
                IsUnordered = random.NextInt32(0, 1) == 0,
                IsBeginning = beginning,
                IsEnding = random.NextInt32(0, 2) == 0,
                Ssn = interleaved ? default : new((ushort)random.NextInt32(0, 50)),
                Mid = interleaved ? new((uint)random.NextInt32(0, 50)) : default,
                Fsn = interleaved && !beginning ? (uint)random.NextInt32(0, 9) : 0,
                Payload = bytes.AsSpan(0, random.NextInt32(1, 1200)),
            };
            switch (random.NextInt32(0, 400))
            {
                case 0:
                    Forward(queue, interleaved, (uint)random.NextInt32(0, 3000), new SkippedStream(chunk.StreamId, chunk.IsUnordered && interleaved, chunk.Ssn, chunk.Mid));
                    break;
                case 1:
                    queue.ResetStreams(new((uint)random.NextInt32(0, 3000)), new((uint)random.NextInt32(0, 3000)), [chunk.StreamId]);
                    break;
                case 2:
                    queue.CompleteDeferredReset(new((uint)random.NextInt32(0, 3000)));
                    break;
                default:
                    if (!queue.IsFull)
                    {
                        queue.Add(chunk);
                    }

                    break;
            }

            Assert.InRange(queue.BufferedBytes, 0, Window + 5000);
        }

        Assert.NotEmpty(_sink.Messages);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Receiving_allocates_nothing(bool interleaved)
    {
        var sink = new CountingSink();
        var queue = new ReassemblyQueue(new(), interleaved, sink);
        var bytes = Encoding.ASCII.GetBytes(new string('x', 1000));
        uint tsn = 0;
        uint number = 0;
        var order = new uint[] { 3, 0, 1, 2, 5, 4 };
        var allocated = AllocationAssert.BytesAllocated(() =>
        {
            foreach (var i in order)
            {
                queue.Add(new()
                {
                    IsInterleaved = interleaved,
                    Tsn = new(tsn + i),
                    StreamId = 3,
                    IsBeginning = i is 0 or 5,
                    IsEnding = i is 4 or 5,
                    Ssn = new((ushort)(number + i / 5)),
                    Mid = new(number + i / 5),
                    Fsn = i % 5,
                    Payload = bytes,
                });
            }

            tsn += 6;
            number += 2;
        });

        Assert.Equal(0, allocated);
        Assert.Equal(2400, sink.Messages);
        Assert.Equal(0, queue.BufferedBytes);
    }

    private static ReassemblyQueue Queue(RecordingSink sink, bool interleaved = false, SctpOptions? options = null) =>
        new(options ?? new(), interleaved, sink);

    private static void Forward(ReassemblyQueue queue, bool interleaved, uint tsn, params SkippedStream[] skipped)
    {
        var bytes = new byte[512];
        ReadOnlySpan<byte> rest = bytes.AsSpan(0, ForwardTsnChunk.Write(bytes, interleaved, new(tsn), skipped));
        Assert.True(Chunk.TryRead(ref rest, out var chunk));
        Assert.True(ForwardTsnChunk.TryParse(chunk, out var forward));
        queue.Forward(forward);
    }

    private static void Shuffle(List<TestChunk> chunks, SeededRandomSource random, int reach)
    {
        for (var i = 0; i < chunks.Count; i++)
        {
            var j = Math.Min(chunks.Count - 1, i + random.NextInt32(0, reach));
            (chunks[i], chunks[j]) = (chunks[j], chunks[i]);
        }
    }

    private static IEnumerable<int[]> Permutations(int[] items)
    {
        if (items.Length <= 1)
        {
            yield return items;
            yield break;
        }

        for (var i = 0; i < items.Length; i++)
        {
            int[] others = [.. items[..i], .. items[(i + 1)..]];
            foreach (var rest in Permutations(others))
            {
                yield return [items[i], .. rest];
            }
        }
    }

    private sealed class CountingSink : IMessageSink
    {
        public int Messages { get; private set; }

        public void Message(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message) => Messages++;

        public void MessageTooLarge(ushort streamId)
        {
        }
    }
}
