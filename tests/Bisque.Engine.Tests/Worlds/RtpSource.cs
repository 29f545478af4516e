using System.Buffers.Binary;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>One stream of a sending peer: packets with consecutive numbers.</summary>
internal sealed class RtpSource(uint ssrc = 1000, byte payloadType = Media.VideoPayloadType, ushort firstSequenceNumber = 500)
{
    private ushort _rtxSequenceNumber = 7;

    public ushort NextSequenceNumber { get; set; } = firstSequenceNumber;

    public uint Timestamp { get; set; } = 12_345;

    public uint TimestampStep { get; init; } = 3000;

    public static RtpSource Audio(uint ssrc = 3000) => new(ssrc, Media.AudioPayloadType) { TimestampStep = 960 };

    /// <summary>The next packet; each one is a frame of its own.</summary>
    public byte[] Next(byte[] payload, params (byte Id, byte[] Value)[] extensions)
    {
        Timestamp += TimestampStep;
        return Write(payloadType, new SequenceNumber(NextSequenceNumber++), ssrc, payload, extensions);
    }

    /// <summary>The next packet of a frame of several: only the first moves the timestamp, only the last has the marker.</summary>
    public byte[] Part(byte[] payload, bool begins, bool ends, params (byte Id, byte[] Value)[] extensions)
    {
        Timestamp += begins ? TimestampStep : 0;
        return Write(payloadType, new SequenceNumber(NextSequenceNumber++), ssrc, payload, extensions, ends);
    }

    public byte[] KeyFrame(params (byte Id, byte[] Value)[] extensions) => Next(Payloads.Vp8KeyFrame(), extensions);

    public byte[] DeltaFrame(params (byte Id, byte[] Value)[] extensions) => Next(Payloads.Vp8DeltaFrame(), extensions);

    /// <summary>A packet again, as RTX (RFC 4588 section 4).</summary>
    public byte[] AsRtx(byte[] packet, uint? rtxSsrc = null, byte rtxPayloadType = Media.VideoRtxPayloadType)
    {
        var original = ReceivedRtp.Parse(default, packet);
        var payload = new byte[original.Payload.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(payload, original.SequenceNumber);
        original.Payload.CopyTo(payload, 2);
        Span<byte> bytes = stackalloc byte[1500];
        var writer = new RtpHeaderWriter(
            bytes,
            original.Marker,
            rtxPayloadType,
            new SequenceNumber(_rtxSequenceNumber++),
            new RtpTimestamp(original.Timestamp),
            new Ssrc(rtxSsrc ?? ssrc + 1));
        foreach (var (id, value) in original.Extensions)
        {
            writer.AddExtension(id, value);
        }

        return [.. bytes[..writer.Finish()], .. payload];
    }

    private byte[] Write(byte type, SequenceNumber sequenceNumber, uint from, byte[] payload, (byte Id, byte[] Value)[] extensions, bool marker = true)
    {
        Span<byte> bytes = stackalloc byte[1500];
        var writer = new RtpHeaderWriter(bytes, marker, type, sequenceNumber, new RtpTimestamp(Timestamp), new Ssrc(from));
        foreach (var (id, value) in extensions)
        {
            writer.AddExtension(id, value);
        }

        return [.. bytes[..writer.Finish()], .. payload];
    }
}
