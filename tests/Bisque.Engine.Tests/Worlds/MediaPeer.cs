using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Sctp;
using Bisque.Srtp;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>A peer that sends and receives RTP and RTCP, in SRTP once it has keys.</summary>
internal abstract class MediaPeer(VirtualNetwork network, ushort port, TransportAddress worker) : VirtualPeer(network, port, worker)
{
    private SrtpSession? _inbound;
    private SrtpSession? _outbound;
    private Func<SrtpSession>? _makeOutbound;

    public List<ReceivedRtp> Rtp { get; } = [];

    /// <summary>The data side, once it is opened.</summary>
    public SctpPeer? Sctp { get; private set; }

    public override MonotonicTime NextDeadline => MonotonicTime.Min(base.NextDeadline, Sctp?.Association.NextDeadline ?? MonotonicTime.Never);

    /// <summary>Compound packets, decrypted.</summary>
    public List<ReceivedRtcp> Rtcp { get; } = [];

    public int UndecryptableDatagrams { get; private set; }

    /// <summary>Makes the data side, which answers and does not begin by itself.</summary>
    public SctpPeer OpenSctp(SctpOptions? options = null) => Sctp = new SctpPeer(Address.Port, SendSctp, () => Now, options);

    public override void Pump()
    {
        base.Pump();
        Sctp?.Pump();
    }

    /// <summary>The bytes of a packet as it goes over the wire.</summary>
    public byte[] Protect(byte[] rtp)
    {
        Assert.True(TryProtect(rtp, out var datagram));
        return datagram;
    }

    /// <summary>False when SRTP refuses, such as a number that was used.</summary>
    public bool TryProtect(byte[] rtp, out byte[] datagram)
    {
        datagram = rtp;
        if (_outbound is not { } session)
        {
            return true;
        }

        Assert.True(RtpPacket.TryParse(rtp, out var packet));
        SendJob[] jobs =
        [
            new()
            {
                Session = session,
                Head = rtp,
                HeadLength = packet.HeaderLength,
                HeaderLength = packet.HeaderLength,
                Body = rtp,
                BodyOffset = packet.HeaderLength,
                BodyLength = rtp.Length - packet.HeaderLength,
                Slot = new byte[rtp.Length + 32],
                SlotCapacity = rtp.Length + 32,
            },
        ];
        SrtpSession.Protect(jobs);
        datagram = jobs[0].Slot[..jobs[0].Written];
        return datagram.Length > 0;
    }

    public byte[] ProtectRtcp(ReadOnlySpan<byte> rtcp)
    {
        if (_outbound is not { } session)
        {
            return rtcp.ToArray();
        }

        var datagram = new byte[rtcp.Length + 32];
        Assert.True(session.TryProtectRtcp(rtcp, datagram, out var length));
        return datagram[..length];
    }

    /// <summary>Numbers what is sent from rollover counter 0 again, as a careless sender that makes an encoder again with the same SSRC.</summary>
    public void ForgetSentStreams() => _outbound = _makeOutbound?.Invoke();

    public void SendRtp(byte[] rtp) => SendDatagram(Protect(rtp));

    public void SendRtp(IEnumerable<byte[]> packets)
    {
        foreach (var packet in packets)
        {
            SendRtp(packet);
        }
    }

    public void SendRtcp(ReadOnlySpan<byte> rtcp) => SendRtcpDatagram(ProtectRtcp(rtcp));

    public void SendNack(uint ssrc, params ReadOnlySpan<ushort> sequenceNumbers)
    {
        Span<byte> bytes = stackalloc byte[1200];
        var writer = new RtcpWriter(bytes);
        var lost = new SequenceNumber[sequenceNumbers.Length];
        for (var i = 0; i < lost.Length; i++)
        {
            lost[i] = new SequenceNumber(sequenceNumbers[i]);
        }

        var items = new NackItem[lost.Length];
        var count = NackItems.Pack(lost, items, out _);
        Assert.True(writer.TryWriteNack(new Ssrc(1), new Ssrc(ssrc), items.AsSpan(0, count)));
        SendRtcp(writer.Written);
    }

    public void SendPli(uint ssrc)
    {
        Span<byte> bytes = stackalloc byte[12];
        var writer = new RtcpWriter(bytes);
        writer.TryWritePli(new Ssrc(1), new Ssrc(ssrc));
        SendRtcp(writer.Written);
    }

    public void SendFir(uint ssrc, byte number)
    {
        Span<byte> bytes = stackalloc byte[20];
        var writer = new RtcpWriter(bytes);
        writer.TryWriteFir(new Ssrc(1), new Ssrc(ssrc), number);
        SendRtcp(writer.Written);
    }

    public void SendSenderReport(SenderInfo info)
    {
        Span<byte> bytes = stackalloc byte[28];
        var writer = new RtcpWriter(bytes);
        Assert.True(writer.TryWriteSenderReport(info));
        SendRtcp(writer.Written);
    }

    public void SendReceiverReport(params ReadOnlySpan<ReportBlock> blocks)
    {
        Span<byte> bytes = stackalloc byte[1000];
        var writer = new RtcpWriter(bytes);
        Assert.True(writer.TryWriteReceiverReport(new Ssrc(1), blocks));
        SendRtcp(writer.Written);
    }

    /// <summary>The RTCP packets of one type that came.</summary>
    public IEnumerable<ReceivedRtcpPacket> RtcpOf(RtcpPacketType type, byte? format = null) =>
        Rtcp.SelectMany(compound => compound.Packets).Where(packet => packet.Type == type && (format is null || packet.Count == format));

    /// <summary>How often a picture loss indication came for a stream.</summary>
    public int PliCount(uint ssrc) => RtcpOf(RtcpPacketType.PayloadSpecificFeedback, RtcpFeedbackFormat.PictureLossIndication)
        .Count(packet => packet.MediaSsrc == ssrc);

    protected virtual void SendSctp(byte[] packet) => SendDatagram(packet);

    protected virtual void SendRtcpDatagram(byte[] datagram) => SendDatagram(datagram);

    protected void UseSrtp(SrtpProfile profile, byte[] localKey, byte[] remoteKey)
    {
        _inbound = new SrtpSession(profile, remoteKey, SrtpDirection.Inbound);
        _makeOutbound = () => new SrtpSession(profile, localKey, SrtpDirection.Outbound);
        _outbound = _makeOutbound();
    }

    protected void ReceiveMedia(byte[] datagram)
    {
        if (RtcpCompound.LooksLikeRtcp(datagram))
        {
            var length = datagram.Length;
            if (_inbound is null || _inbound.UnprotectRtcp(datagram, out length) == SrtpStatus.Ok)
            {
                Rtcp.Add(new ReceivedRtcp(Now, datagram[..length]));
                return;
            }
        }
        else
        {
            var length = datagram.Length;
            if (_inbound is null || _inbound.UnprotectRtp(datagram, out length) == SrtpStatus.Ok)
            {
                Rtp.Add(ReceivedRtp.Parse(Now, datagram[..length]));
                return;
            }
        }

        UndecryptableDatagrams++;
    }
}
