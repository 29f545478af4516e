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

    private readonly uint _ssrc;
    private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ushort _lastSequenceNumber;
    private long _awaited = long.MaxValue;

    public MediaReceiver(MediaEndpoint endpoint, int consumer)
    {
        _ssrc = StreamNames.ConsumerSsrc(consumer);
        endpoint.Sink = this;
    }

    public long Packets { get; private set; }

    /// <summary>Packets whose number is not the one after the last.</summary>
    public long Jumps { get; private set; }

    public long Sampled { get; private set; }

    /// <summary>Sampled packets that could not be opened, or hold something else than what was sent.</summary>
    public long Wrong { get; private set; }

    /// <summary>RTP that is not of the consumer's stream.</summary>
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
        if (bytes.Length < 12 || (bytes[1] & 0x7F) != StreamNames.ConsumerPayloadType || BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]) != _ssrc)
        {
            Foreign++;
            return;
        }

        var sequenceNumber = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (Packets > 0 && sequenceNumber != (ushort)(_lastSequenceNumber + 1))
        {
            Jumps++;
        }

        _lastSequenceNumber = sequenceNumber;
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
        && VideoSource.IsGenuine(rtp.Payload, out _);
}
