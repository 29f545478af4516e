using BenchmarkDotNet.Attributes;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Benchmarks;

/// <summary>A received packet's way through the RTP code: parsed with its extensions, and a header written for one receiver.</summary>
[MemoryDiagnoser]
public class RtpBenchmarks
{
    private const byte MidId = 1;
    private const byte AbsSendTimeId = 4;
    private const byte TransportWideId = 5;

    private readonly byte[] _packet = new byte[SrtpPackets.SlotLength];
    private readonly byte[] _head = new byte[256];
    private int _length;

    [GlobalSetup]
    public void Setup() => _length = WriteHeader(_packet) + SrtpPackets.PayloadLength;

    [Benchmark(Description = "parse, find three extensions")]
    public int Parse()
    {
        if (!RtpPacket.TryParse(_packet.AsSpan(0, _length), out var packet)
            || !packet.TryGetExtension(MidId, out var mid)
            || !packet.TryGetExtension(AbsSendTimeId, out var absSendTime)
            || !packet.TryGetExtension(TransportWideId, out var transportWide))
        {
            throw new InvalidOperationException("The packet does not parse.");
        }

        return (int)packet.Ssrc.Value + packet.SequenceNumber.Value + mid.Length + absSendTime.Length + transportWide.Length + packet.Payload.Length;
    }

    [Benchmark(Description = "write a header of three extensions")]
    public int Write() => WriteHeader(_head);

    private static int WriteHeader(Span<byte> destination)
    {
        var writer = new RtpHeaderWriter(destination, marker: true, 96, new SequenceNumber(1), new RtpTimestamp(2), new Ssrc(3));
        writer.AddExtension(MidId, "0"u8);
        writer.AddAbsSendTime(AbsSendTimeId);
        writer.AddTransportWideNumber(TransportWideId);
        return writer.Finish();
    }
}
