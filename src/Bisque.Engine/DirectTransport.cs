using Bisque.Engine.Internal;
using Bisque.Model;
using Bisque.Net;
using Bisque.Rtp;

namespace Bisque.Engine;

/// <summary>
/// Joins a router with the worker's owner: no socket, packets go out as events and come in by calls. It is connected from the
/// start and sends no reports by itself; feedback that its producers need (NACK, PLI, FIR) it hands out.
/// </summary>
public sealed class DirectTransport : Transport
{
    /// <summary>Bytes that an RTCP packet may have which the owner hands in.</summary>
    public const int MaxRtcpLength = 1600;

    /// <summary>Bytes that an RTP packet may have which the owner hands in: those of any packet.</summary>
    public const int MaxRtpLength = PacketBuffer.Capacity;

    internal DirectTransport(WorkerContext context, Router router, string id, DirectTransportOptions options)
        : base(context, router, id, options.Base with { Direct = true })
    {
    }

    internal override bool IsConnected => !IsFaulted;

    /// <summary>
    /// Takes a compound RTCP packet for this transport's producers and consumers, read before this returns. What is longer than
    /// <see cref="MaxRtcpLength"/> or not well-formed is dropped and counted.
    /// </summary>
    public void InjectRtcp(ReadOnlySpan<byte> packet) => Inject(packet, isRtcp: true);

    /// <inheritdoc/>
    public override object Dump() => new DirectTransportDump { Base = DumpBase() };

    /// <inheritdoc/>
    public override object GetStats() => new DirectTransportStats { Base = GetBaseStats() };

    /// <summary>Takes a packet for the producer that its SSRC, MID or RID names. The bytes are copied.</summary>
    internal void InjectRtp(ReadOnlySpan<byte> packet) => Inject(packet, isRtcp: false);

    internal override void SendProtected(in SendSlot slot, int length)
    {
        var bytes = slot.Span[..length];
        if (RtpPacket.TryParse(bytes, out var packet) && FindConsumer(packet.Ssrc) is { } consumer)
        {
            Context.EmitConsumerRtp(consumer.Id, bytes);
        }
    }

    internal override void SendSctp(ReadOnlySpan<byte> packet) =>
        throw new System.Diagnostics.UnreachableException("A direct transport has no association.");

    private protected override void SendRtcpNow(ReadOnlySpan<byte> packet)
    {
        if (IsConnected)
        {
            Counters.OnSent(packet.Length, Context.Now);
            Context.EmitDirectTransportRtcp(Id, packet);
        }
    }

    private protected override void OnDatagram(UdpSocket socket, in ReceivedDatagram datagram) =>
        throw new System.Diagnostics.UnreachableException("A direct transport has no socket.");

    private protected override void ReleaseNetwork(bool isFault)
    {
    }

    /// <summary>Like a datagram: a fault in its dispatch ends this transport and nothing else.</summary>
    private void Inject(ReadOnlySpan<byte> packet, bool isRtcp)
    {
        if (IsClosed || IsFaulted)
        {
            return;
        }

        try
        {
            Context.InjectFault?.Invoke(FaultPoint.Datagram, this);
            Counters.OnReceived(packet.Length, Context.Now);
            if (packet.Length > (isRtcp ? MaxRtcpLength : MaxRtpLength))
            {
                Counters.OversizePackets++;
                WarnAboutPacket(isRtcp ? LogTags.Rtcp : LogTags.Rtp, "a packet is too long");
            }
            else if (isRtcp)
            {
                ReceiveInjectedRtcp(packet);
            }
            else
            {
                ReceiveInjectedRtp(packet);
            }
        }
        catch (Exception fault)
        {
            OnFault(fault);
        }
    }

    private void ReceiveInjectedRtcp(ReadOnlySpan<byte> packet)
    {
        if (!RtcpPacket.TryParse(packet, out _))
        {
            Counters.MalformedPackets++;
            WarnAboutPacket(LogTags.Rtcp, "an RTCP packet is not well-formed");
            return;
        }

        ReceiveRtcp(packet, Context.Now);
    }

    private void ReceiveInjectedRtp(ReadOnlySpan<byte> packet)
    {
        var buffer = Context.Loop.Packets.Rent();
        try
        {
            buffer.Length = packet.Length;
            buffer.ReceivedAt = Context.Now;
            packet.CopyTo(buffer.Span);
            ReceiveRtp(buffer, session: null);
        }
        finally
        {
            buffer.Release();
        }
    }
}
