using Bisque.Model;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Srtp;

namespace Bisque.Engine;

/// <content>How datagrams pass through a plain transport.</content>
public sealed partial class PlainTransport
{
    void IDatagramHandler.OnDatagrams(UdpSocket socket, ReadOnlySpan<ReceivedDatagram> batch)
    {
        foreach (ref readonly var datagram in batch)
        {
            Dispatch(socket, datagram);
        }
    }

    internal override void SendProtected(in SendSlot slot, int length)
    {
        if (_remote is { } remote)
        {
            Context.Loop.Outgoing.Commit(slot, _socket, remote, length);
        }
    }

    private protected override void SendRtcpNow(ReadOnlySpan<byte> packet)
    {
        var socket = _rtcpSocket ?? _socket;
        if ((_rtcpSocket is null ? _remote : _rtcpRemote) is not { } remote || !IsConnected)
        {
            return;
        }

        if (SendSession is not { } session)
        {
            socket.Send(packet, remote);
            Counters.OnSent(packet.Length, Context.Now);
            return;
        }

        Span<byte> datagram = stackalloc byte[packet.Length + session.Profile.RtcpOverhead()];
        if (!session.TryProtectRtcp(packet, datagram, out var length))
        {
            Counters.ProtectFailures++;
            return;
        }

        socket.Send(datagram[..length], remote);
        Counters.OnSent(length, Context.Now);
    }

    private protected override void OnDatagram(UdpSocket socket, in ReceivedDatagram datagram)
    {
        var bytes = datagram.Buffer.Span;
        if (RtcpCompound.LooksLikeRtcp(bytes))
        {
            OnRtcpDatagram(socket, datagram);
        }
        else if (RtpPacket.LooksLikeRtp(bytes))
        {
            OnRtpDatagram(datagram);
        }
        else
        {
            Counters.UnknownPackets++;
        }
    }

    private void OnRtpDatagram(in ReceivedDatagram datagram)
    {
        var buffer = datagram.Buffer;
        if (!MayAccept(datagram.Remote, _remote))
        {
            Counters.UnexpectedPackets++;
            return;
        }

        if (ReceiveSession is { } session)
        {
            if (session.UnprotectRtp(buffer.Span, out var length) != SrtpStatus.Ok)
            {
                Counters.UnprotectFailures++;
                return;
            }

            buffer.Length = length;
        }

        if (_remote is null && RtpPacket.TryParse(buffer.Span, out _))
        {
            LearnRemote(datagram.Remote);
        }

        ReceiveRtp(buffer, ReceiveSession);
    }

    private void OnRtcpDatagram(UdpSocket socket, in ReceivedDatagram datagram)
    {
        var isOnRtcpSocket = socket == _rtcpSocket;
        var expected = isOnRtcpSocket ? _rtcpRemote : _remote;
        if (!MayAccept(datagram.Remote, expected) || (!isOnRtcpSocket && !_options.RtcpMux))
        {
            Counters.UnexpectedPackets++;
            return;
        }

        var bytes = datagram.Buffer.Span;
        if (ReceiveSession is { } session)
        {
            if (session.UnprotectRtcp(bytes, out var length) != SrtpStatus.Ok)
            {
                Counters.UnprotectFailures++;
                return;
            }

            bytes = bytes[..length];
        }

        if (expected is null && isOnRtcpSocket)
        {
            _rtcpRemote = datagram.Remote;
            Context.Emit(new PlainTransportRtcpTupleEvent(Id, DescribeRtcpTuple()));
        }
        else if (expected is null)
        {
            LearnRemote(datagram.Remote);
        }

        ReceiveRtcp(bytes, datagram.Buffer.ReceivedAt);
    }

    /// <summary>
    /// Before the remote is known only comedia takes packets, and with SRTP not before connect() gave the key; afterwards only the
    /// remote's are taken.
    /// </summary>
    private bool MayAccept(TransportAddress from, TransportAddress? expected) =>
        expected is null
            ? _options.Comedia && (!_options.EnableSrtp || ReceiveSession is not null)
            : expected == from && (!_options.EnableSrtp || ReceiveSession is not null);

    private void LearnRemote(TransportAddress remote)
    {
        _remote = remote;
        Context.Emit(new PlainTransportTupleEvent(Id, DescribeTuple()));
        OnConnected();
    }
}
