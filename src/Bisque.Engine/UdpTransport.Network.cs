using System.Buffers.Binary;
using Bisque.Engine.Transports;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Sctp;
using Bisque.Srtp;

namespace Bisque.Engine;

/// <content>How datagrams pass through a plain or pipe transport.</content>
public abstract partial class UdpTransport
{
    /// <summary>Port 5000 to port 5000 (RFC 8841 section 5.1), as an SCTP packet begins.</summary>
    private const uint SctpPorts = (SctpOptions.DefaultPort << 16) | SctpOptions.DefaultPort;

    void IDatagramHandler.OnDatagrams(UdpSocket socket, ReadOnlySpan<ReceivedDatagram> batch)
    {
        foreach (ref readonly var datagram in batch)
        {
            Dispatch(socket, datagram);
        }
    }

    internal override void SendProtected(in SendSlot slot, int length)
    {
        if (Path.Remote is { } remote)
        {
            Context.Loop.Outgoing.Commit(slot, Path.Socket, remote, length);
        }
    }

    internal override void SendSctp(ReadOnlySpan<byte> packet)
    {
        if (Path.Remote is { } remote && IsConnected)
        {
            Path.Socket.Send(packet, remote);
            Counters.OnSent(packet.Length, Context.Now);
        }
    }

    private protected override void SendRtcpNow(ReadOnlySpan<byte> packet)
    {
        var path = RtcpPath ?? Path;
        if (path.Remote is not { } remote || !IsConnected)
        {
            return;
        }

        if (SendSession is not { } session)
        {
            path.Socket.Send(packet, remote);
            Counters.OnSent(packet.Length, Context.Now);
            return;
        }

        Span<byte> datagram = stackalloc byte[packet.Length + session.Profile.RtcpOverhead()];
        if (!session.TryProtectRtcp(packet, datagram, out var length))
        {
            Counters.ProtectFailures++;
            return;
        }

        path.Socket.Send(datagram[..length], remote);
        Counters.OnSent(length, Context.Now);
    }

    private protected override void OnDatagram(UdpSocket socket, in ReceivedDatagram datagram)
    {
        var path = socket == Path.Socket ? Path : RtcpPath!;
        var bytes = datagram.Buffer.Span;
        if (RtcpCompound.LooksLikeRtcp(bytes))
        {
            OnRtcpDatagram(path, datagram);
        }
        else if (RtpPacket.LooksLikeRtp(bytes))
        {
            OnRtpDatagram(path, datagram);
        }
        else if (LooksLikeSctp(bytes))
        {
            OnSctpDatagram(path, datagram);
        }
        else
        {
            Counters.UnknownPackets++;
        }
    }

    /// <summary>Both ports of a packet are WebRTC's, there is room for the common header, and chunks are padded (RFC 9260 section 3).</summary>
    private static bool LooksLikeSctp(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 12 && bytes.Length % 4 == 0 && BinaryPrimitives.ReadUInt32BigEndian(bytes) == SctpPorts;

    /// <summary>
    /// SCTP goes in the clear also where RTP is encrypted. There anybody could have sent it, so that the other end has to show itself by a
    /// packet that SRTP authenticates.
    /// </summary>
    private void OnSctpDatagram(UdpPath path, in ReceivedDatagram datagram)
    {
        if (!TakesSctp || path != Path || !MayAccept(path, datagram.Remote) || (path.Remote is null && Srtp.IsEnabled))
        {
            Counters.UnexpectedPackets++;
            return;
        }

        if (path.Remote is null)
        {
            LearnRemote(path, datagram.Remote);
        }

        ReceiveSctp(datagram.Buffer.Span);
    }

    private void OnRtpDatagram(UdpPath path, in ReceivedDatagram datagram)
    {
        var buffer = datagram.Buffer;
        if (path != Path || !MayAccept(path, datagram.Remote))
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

        if (path.Remote is null && RtpPacket.TryParse(buffer.Span, out _))
        {
            LearnRemote(path, datagram.Remote);
        }

        ReceiveRtp(buffer, ReceiveSession);
    }

    private void OnRtcpDatagram(UdpPath path, in ReceivedDatagram datagram)
    {
        if (path != (RtcpPath ?? Path) || !MayAccept(path, datagram.Remote))
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

        if (path.Remote is null && RtcpPacket.TryParse(bytes, out _))
        {
            LearnRemote(path, datagram.Remote);
        }

        ReceiveRtcp(bytes, datagram.Buffer.ReceivedAt);
    }

    /// <summary>
    /// While the other end is unknown only a transport that learns it takes packets, afterwards only the other end's are taken; with
    /// SRTP none before connect() gave the key.
    /// </summary>
    private bool MayAccept(UdpPath path, TransportAddress from) =>
        (path.Remote is { } remote ? remote == from : LearnsRemote) && (!Srtp.IsEnabled || ReceiveSession is not null);

    private void LearnRemote(UdpPath path, TransportAddress remote)
    {
        path.Remote = remote;
        OnRemoteLearned(path);
        if (path == Path)
        {
            OnConnected();
        }
    }
}
