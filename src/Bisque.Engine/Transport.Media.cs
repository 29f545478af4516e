using Bisque.Engine.Internal;
using Bisque.Engine.Producers;
using Bisque.Engine.Sending;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Srtp;

namespace Bisque.Engine;

/// <content>How RTP passes through a transport: from a decrypted buffer to its producer, and from the outbox to the socket.</content>
public abstract partial class Transport
{
    /// <summary>The next transport-wide sequence number; the first is 1.</summary>
    internal ushort NextWideSequenceNumber() => ++_lastWideSequenceNumber;

    /// <summary>Sends a protected RTP packet that lies in <paramref name="slot"/>. What cannot be sent is dropped and counted.</summary>
    internal abstract void SendProtected(in SendSlot slot, int length);

    /// <param name="kind">What was sent.</param>
    /// <param name="bytes">Length of the packet in the clear, as its stream and the receiving side count it.</param>
    /// <param name="protectedBytes">Length with what SRTP adds.</param>
    /// <param name="now">The current time.</param>
    internal void OnRtpSent(OutgoingKind kind, int bytes, int protectedBytes, MonotonicTime now)
    {
        Counters.OnSent(protectedBytes, now);
        (kind == OutgoingKind.Rtx ? Counters.RtxSent : Counters.RtpSent).Update(bytes, isPaddingOnly: false, now);
    }

    /// <summary>Takes a decrypted RTP packet. The buffer is the caller's; what outlives the call takes a reference.</summary>
    /// <param name="buffer">The packet.</param>
    /// <param name="session">Where the SSRC's state is dropped again when nobody wants the stream; null without SRTP.</param>
    private protected void ReceiveRtp(PacketBuffer buffer, SrtpSession? session)
    {
        if (!RtpPacket.TryParse(buffer.Span, out var packet))
        {
            Counters.MalformedPackets++;
            WarnAboutPacket(LogTags.Rtp, "an RTP packet is not well-formed");
            return;
        }

        Congestion.OnRtpPacket(packet, buffer.ReceivedAt);
        var producer = _listener.Find(packet.Ssrc) ?? FindByExtensions(packet);
        if (producer is null)
        {
            Counters.UnroutedPackets++;
            session?.RemoveStream(packet.Ssrc);
            WarnAboutPacket(LogTags.Rtp, "no producer for an RTP packet");
            return;
        }

        switch (producer.Receive(buffer, packet))
        {
            case ProducerReceiveResult.Media:
                Counters.RtpReceived.Update(packet.Length, isPaddingOnly: false, buffer.ReceivedAt);
                break;
            case ProducerReceiveResult.Retransmission:
                Counters.RtxReceived.Update(packet.Length, isPaddingOnly: false, buffer.ReceivedAt);
                break;
            default:
                break;
        }
    }

    private protected void WarnAboutPacket(LogTags tag, string text)
    {
        if (Context.Log.WarnsAboutPacket(tag, Context.Now))
        {
            Context.Log.Warn(GetType().Name, $"{text} [transportId:{Id}]");
        }
    }

    internal void LearnSsrc(Ssrc ssrc, Producer producer) => _listener.Learn(ssrc, producer);

    private Producer? FindByExtensions(in RtpPacket packet)
    {
        packet.TryGetExtension(ExtensionIds.Mid, out var mid);
        if (!packet.TryGetExtension(ExtensionIds.Rid, out var rid))
        {
            packet.TryGetExtension(ExtensionIds.RepairedRid, out rid);
        }

        return _listener.Find(mid, rid);
    }

    /// <summary>Runs the dispatch of one datagram; a fault in it ends this transport and nothing else.</summary>
    private protected void Dispatch(UdpSocket socket, in ReceivedDatagram datagram)
    {
        if (IsClosed || IsFaulted)
        {
            return;
        }

        try
        {
            Context.InjectFault?.Invoke(FaultPoint.Datagram, this);
            Counters.OnReceived(datagram.Buffer.Length, datagram.Buffer.ReceivedAt);
            OnDatagram(socket, datagram);
        }
        catch (Exception fault)
        {
            OnFault(fault);
        }
    }

    /// <summary>Takes one datagram of a socket that the transport dispatches itself, not classified yet.</summary>
    private protected virtual void OnDatagram(UdpSocket socket, in ReceivedDatagram datagram) => Counters.UnknownPackets++;
}
