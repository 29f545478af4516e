using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>A packet that a peer received, read whole.</summary>
internal sealed record ReceivedRtp(
    MonotonicTime At,
    byte PayloadType,
    ushort SequenceNumber,
    uint Timestamp,
    bool Marker,
    uint Ssrc,
    byte[] Payload,
    IReadOnlyDictionary<byte, byte[]> Extensions,
    byte[] Bytes)
{
    public static ReceivedRtp Parse(MonotonicTime at, byte[] bytes)
    {
        Assert.True(RtpPacket.TryParse(bytes, out var packet));
        var extensions = new Dictionary<byte, byte[]>();
        foreach (var extension in packet.Extensions)
        {
            extensions.Add(extension.Id, extension.Value.ToArray());
        }

        return new ReceivedRtp(
            at,
            packet.PayloadType,
            packet.SequenceNumber.Value,
            packet.Timestamp.Value,
            packet.Marker,
            packet.Ssrc.Value,
            packet.Payload.ToArray(),
            extensions,
            bytes);
    }
}
