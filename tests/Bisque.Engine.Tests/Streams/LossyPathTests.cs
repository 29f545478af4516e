using Bisque.Engine.Packets;
using Bisque.Engine.Streams;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Testing;
using static Bisque.Engine.Tests.Streams.StreamTestData;

namespace Bisque.Engine.Tests.Streams;

/// <summary>
/// A sent stream and a received one with a bad path between them, in virtual time: losses, reordering and duplicates both of media
/// and of retransmissions and requests.
/// </summary>
public class LossyPathTests : IRtpStreamRecvEvents
{
    private const int Packets = 1500;
    private const int PacketIntervalMs = 4;
    private const int FirstSequenceNumber = 65_000;

    private readonly PriorityQueue<Datagram, (long At, int Order)> _path = new();
    private readonly PacketPool _buffers = new(64);
    private readonly MediaPacketPool _packets = new();
    private readonly Retransmission[] _answers = new Retransmission[NackPacker.MaxPerItem];
    private readonly Dictionary<int, int> _delivered = [];
    private readonly HashSet<int> _asked = [];
    private SeededRandomSource _random = new(0);
    private MonotonicTime _now;
    private int _order;
    private double _loss;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_packet_is_delivered_exactly_once_whatever_the_path_does(bool rtx)
    {
        for (ulong seed = 1; seed <= 12; seed++)
        {
            Run(seed, rtx, loss: 0.08);

            for (var i = 0; i < Packets; i++)
            {
                Assert.True(_delivered.GetValueOrDefault(Seq(FirstSequenceNumber + i).Value) == 1, $"packet {i} with seed {seed}");
            }
        }
    }

    [Fact]
    public void On_a_path_that_only_reorders_nothing_is_asked_for()
    {
        Run(seed: 3, rtx: true, loss: 0);

        Assert.Empty(_asked);
        Assert.Equal(Packets, _delivered.Count);
    }

    void IRtpStreamRecvEvents.SendNack(RtpStreamRecv stream, ReadOnlySpan<NackItem> items)
    {
        foreach (var item in items)
        {
            _asked.Add(item.PacketId.Value);
            Travel(new Datagram(item, default, default));
        }
    }

    void IRtpStreamRecvEvents.ScoreChanged(RtpStreamRecv stream, byte score, byte previousScore)
    {
    }

    void IRtpStreamRecvEvents.Restarted(RtpStreamRecv stream)
    {
    }

    void IRtpStreamRecvEvents.KeyFrameNeeded(RtpStreamRecv stream) => Assert.Fail("Repair was given up.");

    void IRtpStreamRecvEvents.SpatialLayerActivityChanged(RtpStreamRecv stream, int spatialLayer, bool isActive)
    {
    }

    private void Run(ulong seed, bool rtx, double loss)
    {
        _random = new SeededRandomSource(seed);
        _loss = loss;
        _delivered.Clear();
        _asked.Clear();
        var sender = new RtpStreamSend(SentStream(rtx), Seq(65_530), default);
        var receiver = new RtpStreamRecv(Receiving(rtx), this, default);
        var store = new RetransmissionStore(isVideo: true, 90_000);
        for (var ms = 0; ms < (Packets * PacketIntervalMs) + 3000; ms++)
        {
            _now = ms.Milliseconds();
            if (ms % PacketIntervalMs == 0 && ms / PacketIntervalMs < Packets)
            {
                Send(sender, store, ms / PacketIntervalMs);
            }

            while (_path.TryPeek(out _, out var due) && due.At <= ms)
            {
                Arrive(_path.Dequeue(), sender, receiver);
            }

            if (receiver.NextDeadline <= _now)
            {
                receiver.OnDeadline(_now);
            }
        }

        store.Clear();
        Assert.Equal(0, _buffers.Rented);
    }

    private void Send(RtpStreamSend sender, RetransmissionStore store, int index)
    {
        var info = Packet(FirstSequenceNumber + index, _now);
        var packet = _packets.Rent(_buffers, info);
        store.Add(packet);
        sender.OnPacketSent(
            new SentPacket
            {
                SequenceNumber = info.SequenceNumber,
                Timestamp = info.Timestamp,
                Size = info.Size,
                PayloadLength = info.PayloadLength,
                Store = store,
                OriginalSequenceNumber = info.SequenceNumber,
                OriginalTimestamp = info.Timestamp,
            },
            _now);
        packet.Release();

        // The first and the last packet always arrive: before and after them no loss can be noticed.
        Travel(new Datagram(null, info, default), isCertain: index is 0 or Packets - 1);
    }

    private void Arrive(in Datagram datagram, RtpStreamSend sender, RtpStreamRecv receiver)
    {
        if (datagram.Nack is { } item)
        {
            var count = sender.AnswerNack(item, _now, _answers);
            for (var i = 0; i < count; i++)
            {
                var answer = _answers[i];
                Travel(new Datagram(
                    null,
                    answer.Packet.Info with
                    {
                        Ssrc = answer.Ssrc,
                        SequenceNumber = answer.SequenceNumber,
                        PayloadLength = answer.Packet.PayloadLength + (answer.IsRtx ? 2 : 0),
                    },
                    answer.OriginalSequenceNumber));
            }

            return;
        }

        var media = datagram.Media with { ReceivedAt = _now };
        var isAccepted = media.Ssrc == Media
            ? receiver.ReceivePacket(media, _now)
            : receiver.ReceiveRtxPacket(media, datagram.Original, _now, out media);
        if (isAccepted)
        {
            _delivered[media.SequenceNumber.Value] = _delivered.GetValueOrDefault(media.SequenceNumber.Value) + 1;
        }
    }

    private void Travel(in Datagram datagram, bool isCertain = false)
    {
        if (!isCertain && _random.NextDouble() < _loss)
        {
            return;
        }

        for (var copies = _random.NextInt32(0, 19) == 0 ? 2 : 1; copies > 0; copies--)
        {
            // Reordered by up to 8 ms, less than the delay before the first request.
            _path.Enqueue(datagram, (_now.Milliseconds + 20 + (isCertain ? 8 : _random.NextInt32(0, 8)), _order++));
        }
    }

    private readonly record struct Datagram(NackItem? Nack, RtpPacketInfo Media, SequenceNumber Original);
}
