using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>The owner's end of a direct transport: what came out of it, and RTCP to put in.</summary>
internal sealed class DirectEnd(World world, DirectTransport transport)
{
    public DirectTransport Transport => transport;

    /// <summary>The RTP packets of all the consumers, or of one.</summary>
    public List<ReceivedRtp> Rtp(string? consumerId = null) =>
        [.. world.Events.Of<ConsumerRtpEvent>(consumerId).Select(packet => ReceivedRtp.Parse(world.Now, packet.Data.ToArray()))];

    /// <summary>The RTCP packets that came out, one by one.</summary>
    public IEnumerable<ReceivedRtcpPacket> Rtcp() => world.Events.Of<DirectTransportRtcpEvent>(transport.Id)
        .SelectMany(compound => new ReceivedRtcp(world.Now, compound.Data.ToArray()).Packets);

    public int PliCount(uint ssrc) => Rtcp().Count(packet =>
        packet.Type == RtcpPacketType.PayloadSpecificFeedback
        && packet.Count == RtcpFeedbackFormat.PictureLossIndication
        && packet.MediaSsrc == ssrc);

    public void Nack(uint ssrc, ushort sequenceNumber)
    {
        Span<byte> bytes = stackalloc byte[16];
        var writer = new RtcpWriter(bytes);
        Assert.True(writer.TryWriteNack(new Ssrc(1), new Ssrc(ssrc), [new NackItem(new SequenceNumber(sequenceNumber), 0)]));
        transport.InjectRtcp(writer.Written);
    }

    public void Pli(uint ssrc)
    {
        Span<byte> bytes = stackalloc byte[12];
        var writer = new RtcpWriter(bytes);
        Assert.True(writer.TryWritePli(new Ssrc(1), new Ssrc(ssrc)));
        transport.InjectRtcp(writer.Written);
    }
}
