using Bisque.Testing;

namespace Bisque.Sctp.Tests.Network;

/// <summary>Two associations over networks that lose, repeat, reorder and delay.</summary>
public sealed class LossyNetworkTests
{
    private const int Messages = 60;

    [Theory]
    [InlineData(0, 0.1, 0, 0, 10, 200)]
    [InlineData(1, 0.3, 0, 0, 10, 200)]
    [InlineData(2, 0, 0, 80, 20, 150)]
    [InlineData(3, 0, 0.3, 30, 20, 150)]
    [InlineData(4, 0.1, 0.1, 50, 300, 150)]
    [InlineData(5, 0.3, 0.2, 100, 50, 150)]
    public void Reliable_messages_arrive_whole_once_and_in_order(int part, double loss, double duplication, int jitter, int delay, int seeds)
    {
        for (var i = 0; i < seeds; i++)
        {
            var seed = (ulong)(part * 1000 + i + 1);
            var options = new SctpOptions { MessageInterleaving = seed % 2 == 0, ZeroChecksum = seed % 3 == 0, MaxInitRetransmissions = null, MaxRetransmissions = 30 };
            var pair = Pair.Connected(
                options, seed: seed,
                link: s => new(s)
                {
                    Loss = loss,
                    Duplication = duplication,
                    Jitter = TimeSpan.FromMilliseconds(jitter),
                    Delay = TimeSpan.FromMilliseconds(delay),
                });
            Converse(pair, seed);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_an_outage_of_twenty_seconds_all_goes_on(bool interleaving)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var pair = Pair.Connected(new() { MessageInterleaving = interleaving }, seed: seed);
            for (var i = 0; i < 10; i++)
            {
                pair.A.Send(new byte[20_000], pair.Now);
                pair.Z.Send(new byte[2_000], pair.Now);
            }

            pair.Run(15);
            pair.Outage = true;
            pair.Run(20_000);
            pair.Outage = false;
            pair.Run(60_000, () => pair.Z.Messages.Count == 10 && pair.A.Messages.Count == 10);

            Assert.Equal((10, 10), (pair.Z.Messages.Count, pair.A.Messages.Count));
            Assert.Equal((SctpState.Connected, SctpState.Connected), (pair.A.State, pair.Z.State));
        }
    }

    [Fact]
    public void Shutdown_over_a_bad_network_loses_nothing()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var pair = Pair.Connected(seed: seed, link: s => new(s) { Loss = 0.2, Jitter = TimeSpan.FromMilliseconds(30) });
            for (var i = 0; i < 20; i++)
            {
                pair.A.Send(new byte[5000], pair.Now);
            }

            pair.A.Association.Shutdown(pair.Now);
            pair.Run(200_000, () => pair.A.State == SctpState.Closed && pair.Z.State == SctpState.Closed);

            Assert.Equal(20, pair.Z.Messages.Count);
            Assert.Equal(SctpState.Closed, pair.A.State);
        }
    }

    private static void Converse(Pair pair, ulong seed)
    {
        var random = new SeededRandomSource(seed);
        var expected = new Dictionary<(bool ToZ, ushort Stream), List<byte[]>>();
        for (var i = 0; i < Messages; i++)
        {
            var bytes = new byte[random.NextInt32(0, 9) == 0 ? random.NextInt32(1, 20_000) : random.NextInt32(4, 1500)];
            random.Fill(bytes);
            var stream = (ushort)random.NextInt32(0, 4);
            var toZ = random.NextInt32(0, 1) == 0;
            Assert.Equal(SctpSendStatus.Success, (toZ ? pair.A : pair.Z).Send(bytes, pair.Now, stream, new() { Unordered = stream == 4 }));
            (expected.TryGetValue((toZ, stream), out var list) ? list : expected[(toZ, stream)] = []).Add(bytes);
            if (i % 10 == 0)
            {
                pair.Run(20);
            }
        }

        pair.Run(7_200_000, () => pair.A.Messages.Count + pair.Z.Messages.Count >= Messages);
        pair.Run(2_000);
        Assert.True(
            pair.A.Messages.Count + pair.Z.Messages.Count == Messages,
            $"seed {seed}: {pair.A.Messages.Count} + {pair.Z.Messages.Count} arrived, {pair.A.State} and {pair.Z.State}, "
            + $"next {pair.A.Association.NextDeadline} and {pair.Z.Association.NextDeadline} of {pair.Now}, {string.Join(", ", pair.A.Errors.Concat(pair.Z.Errors))}, "
            + $"{pair.A.Association.TotalBufferedAmount} and {pair.Z.Association.TotalBufferedAmount} wait");
        foreach (var ((toZ, stream), sent) in expected)
        {
            var arrived = (toZ ? pair.Z : pair.A).Messages.Where(m => m.Stream == stream).Select(m => Convert.ToHexString(m.Bytes));
            var wanted = sent.Select(Convert.ToHexString);
            Assert.True(stream == 4 ? arrived.Order().SequenceEqual(wanted.Order()) : arrived.SequenceEqual(wanted), $"seed {seed}, stream {stream}");
        }
    }
}
