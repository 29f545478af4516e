using Bisque.Engine.Packets;
using Bisque.Engine.Streams;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Testing;
using static Bisque.Engine.Tests.Streams.StreamTestData;

namespace Bisque.Engine.Tests.Streams;

public class StreamAllocationTests : IRtpStreamRecvEvents
{
    private readonly PacketPool _buffers = new(4096);
    private readonly MediaPacketPool _packets = new();
    private readonly RetransmissionStore _store = new(isVideo: true, 90_000);
    private readonly Retransmission[] _answers = new Retransmission[NackPacker.MaxPerItem];
    private readonly RtpStreamSend _sender = new(SentStream(), Seq(1), default);
    private readonly SequenceManager _renumbering = new(1000);
    private readonly Queue<SequenceNumber> _missing = new(64);
    private RtpStreamRecv? _receiver;
    private MonotonicTime _now;
    private SequenceNumber _rtx;
    private int _asked;
    private int _resent;

    [Fact]
    public void A_stream_with_losses_and_repairs_allocates_nothing_per_packet()
    {
        _receiver = new RtpStreamRecv(Receiving(), this, default);
        _renumbering.Sync(Seq(-1));
        var number = 0;
        var allocated = AllocationAssert.BytesAllocated(() => Forward(number++), warmUp: 4000, repetitions: 20_000);

        Assert.Equal(0, allocated);
        Assert.True(_asked > 1000 && _resent > 1000, $"{_asked} asked, {_resent} resent");
    }

    void IRtpStreamRecvEvents.SendNack(RtpStreamRecv stream, ReadOnlySpan<NackItem> items)
    {
        foreach (var item in items)
        {
            _asked++;
            _missing.Enqueue(item.PacketId);
        }
    }

    void IRtpStreamRecvEvents.ScoreChanged(RtpStreamRecv stream, byte score, byte previousScore)
    {
    }

    void IRtpStreamRecvEvents.Restarted(RtpStreamRecv stream)
    {
    }

    void IRtpStreamRecvEvents.KeyFrameNeeded(RtpStreamRecv stream)
    {
    }

    void IRtpStreamRecvEvents.SpatialLayerActivityChanged(RtpStreamRecv stream, int spatialLayer, bool isActive)
    {
    }

    private void Forward(int number)
    {
        _now = new MonotonicTime(number * 3000L);
        if (number % 10 == 3)
        {
            return;
        }

        while (_missing.TryDequeue(out var missing))
        {
            _receiver!.ReceiveRtxPacket(RtxPacket(_rtx.Value, _now), missing, _now, out _);
            _rtx = _rtx.Next;
        }

        var info = Packet(number, _now);
        if (!_receiver!.ReceivePacket(info, _now))
        {
            return;
        }

        var packet = _packets.Rent(_buffers, info);
        _store.Add(packet);
        if (number % 7 == 0)
        {
            _renumbering.Drop(info.SequenceNumber);
        }
        else if (_renumbering.TryMap(info.SequenceNumber, out var output))
        {
            _sender.OnPacketSent(
                new SentPacket
                {
                    SequenceNumber = output,
                    Timestamp = info.Timestamp,
                    Size = info.Size,
                    PayloadLength = info.PayloadLength,
                    Store = _store,
                    OriginalSequenceNumber = info.SequenceNumber,
                    OriginalTimestamp = info.Timestamp,
                },
                _now);
            if (number % 5 == 0)
            {
                _resent += _sender.AnswerNack(new NackItem(output, 0), _now, _answers);
            }
        }

        packet.Release();
    }
}
