using System.Buffers.Binary;
using Bisque.LoadTest.Endpoints;
using Bisque.Net;
using Bisque.Rtp;
using Bisque.Srtp;

namespace Bisque.LoadTest.Media;

/// <summary>Counts what one consumer receives, and opens one packet of <see cref="SampleInterval"/> to see that it is right.</summary>
internal sealed class MediaReceiver : IMediaSink
{
    public const int SampleInterval = 50;

    private readonly uint[] _ssrcs;
    private readonly ushort?[] _lastSequenceNumbers;
    private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _awaited = long.MaxValue;

    public MediaReceiver(MediaEndpoint endpoint, int consumer, int streams = 1)
    {
        _ssrcs = [.. Enumerable.Range(0, streams).Select(stream => StreamNames.ConsumerSsrc(consumer, stream))];
        _lastSequenceNumbers = new ushort?[streams];
        endpoint.Sink = this;
    }

    public long Packets { get; private set; }

    /// <summary>Packets whose number is not the one after the last.</summary>
    public long Jumps { get; private set; }

    public long Sampled { get; private set; }

    /// <summary>Sampled packets that could not be opened, or hold something else than what was sent.</summary>
    public long Wrong { get; private set; }

    /// <summary>RTP that is not of the consumer's streams.</summary>
    public long Foreign { get; private set; }

    /// <summary>Done when so many packets have come. To be asked for once, before they come.</summary>
    public Task WhenReceived(long packets)
    {
        _awaited = packets;
        return _received.Task;
    }

    public void OnRtp(MediaEndpoint endpoint, PacketBuffer packet)
    {
        var bytes = packet.Span;
        var stream = bytes.Length >= 12 && (bytes[1] & 0x7F) == StreamNames.ConsumerPayloadType
            ? Array.IndexOf(_ssrcs, BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]))
            : -1;
        if (stream < 0)
        {
            Foreign++;
            return;
        }

        var sequenceNumber = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        Jumps += _lastSequenceNumbers[stream] is { } last && sequenceNumber != (ushort)(last + 1) ? 1 : 0;
        _lastSequenceNumbers[stream] = sequenceNumber;
        if (Packets++ % SampleInterval == 0)
        {
            Sampled++;
            Wrong += IsRight(endpoint, bytes) ? 0 : 1;
        }

        if (Packets == _awaited)
        {
            _received.TrySetResult();
        }
    }

    public void OnRtcp(MediaEndpoint endpoint, PacketBuffer packet)
    {
    }

    private static bool IsRight(MediaEndpoint endpoint, Span<byte> bytes) =>
        endpoint.Inbound!.UnprotectRtp(bytes, out var length) == SrtpStatus.Ok
        && RtpPacket.TryParse(bytes[..length], out var rtp)
        && TestPattern.IsGenuine(rtp.Payload);
}
