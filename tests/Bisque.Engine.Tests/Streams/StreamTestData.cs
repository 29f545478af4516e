using Bisque.Engine.Packets;
using Bisque.Engine.Streams;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Streams;

/// <summary>Small builders for the tests of streams.</summary>
internal static class StreamTestData
{
    public static readonly Ssrc Media = new(1111);
    public static readonly Ssrc Rtx = new(2222);
    public static readonly NtpClock Clock = new(DateTimeOffset.UnixEpoch.AddDays(20_000), new MonotonicTime(0));

    public static SequenceNumber Seq(int value) => new((ushort)value);

    public static RtpPacketInfo Packet(
        int sequenceNumber,
        MonotonicTime at,
        uint? timestamp = null,
        bool isKeyFrame = false,
        int payloadLength = 100,
        int padding = 0) => new()
        {
            Ssrc = Media,
            PayloadType = 100,
            SequenceNumber = Seq(sequenceNumber),
            Timestamp = new RtpTimestamp(timestamp ?? (uint)(at.Milliseconds * 90)),
            IsKeyFrame = isKeyFrame,
            Size = 12 + payloadLength + padding,
            PayloadLength = payloadLength,
            PaddingLength = padding,
            ReceivedAt = at,
        };

    public static RtpPacketInfo RtxPacket(int sequenceNumber, MonotonicTime at, int payloadLength = 102) =>
        Packet(sequenceNumber, at, payloadLength: payloadLength) with { Ssrc = Rtx, PayloadType = 101 };

    public static RtpStreamRecvOptions Receiving(bool rtx = true, bool nack = true) => new()
    {
        Ssrc = Media,
        PayloadType = 100,
        MimeType = "video/VP8",
        ClockRate = 90_000,
        UseNack = nack,
        UsePli = true,
        RtxSsrc = rtx ? Rtx : null,
        RtxPayloadType = rtx ? 101 : null,
    };

    public static RtpStreamSendOptions SentStream(bool rtx = true, bool nack = true, bool video = true) => new()
    {
        Ssrc = Media,
        PayloadType = 100,
        MimeType = video ? "video/VP8" : "audio/opus",
        ClockRate = video ? 90_000u : 48_000u,
        UseNack = nack,
        RtxSsrc = rtx ? Rtx : null,
        RtxPayloadType = rtx ? 101 : null,
    };

    /// <summary>
    /// A packet in a buffer of its own; the caller holds the only reference to the packet, the packet the only one to the buffer.
    /// </summary>
    public static MediaPacket Rent(this MediaPacketPool packets, PacketPool buffers, in RtpPacketInfo info)
    {
        var buffer = buffers.Rent();
        buffer.Length = info.Size;
        var packet = packets.Rent(buffer, info, default, buffer.Offset + 12, info.PayloadLength);
        buffer.Release();
        return packet;
    }
}

/// <summary>Writes down what a received stream asks for.</summary>
internal sealed class RecordedRecvEvents : IRtpStreamRecvEvents
{
    public List<byte> Scores { get; } = [];

    public List<int> Asked { get; } = [];

    public List<(int Layer, bool IsActive)> Layers { get; } = [];

    public int KeyFramesNeeded { get; private set; }

    public void ScoreChanged(RtpStreamRecv stream, byte score, byte previousScore) => Scores.Add(score);

    public void SendNack(RtpStreamRecv stream, ReadOnlySpan<NackItem> items)
    {
        Span<SequenceNumber> lost = stackalloc SequenceNumber[NackPacker.MaxPerItem];
        foreach (var item in items)
        {
            for (var i = NackPacker.Unpack(item, lost) - 1; i >= 0; i--)
            {
                Asked.Add(lost[i].Value);
            }
        }
    }

    public void KeyFrameNeeded(RtpStreamRecv stream) => KeyFramesNeeded++;

    public void Restarted(RtpStreamRecv stream)
    {
    }

    public void SpatialLayerActivityChanged(RtpStreamRecv stream, int spatialLayer, bool isActive) => Layers.Add((spatialLayer, isActive));
}
