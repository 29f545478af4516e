using Bisque.Model;
using Bisque.Primitives;
using Bisque.Srtp;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>A plain RTP endpoint, as ffmpeg is one.</summary>
internal sealed class PlainPeer(VirtualNetwork network, ushort port, PlainTransport transport, TransportAddress worker)
    : MediaPeer(network, port, worker)
{
    public PlainTransport Transport => transport;

    /// <summary>Where the worker takes RTCP when it is not multiplexed.</summary>
    public TransportAddress? RtcpWorker { get; set; }

    public void UseKeys(SrtpProfile profile, SrtpParameters local, SrtpParameters remote) =>
        UseSrtp(profile, Convert.FromBase64String(local.KeyBase64), Convert.FromBase64String(remote.KeyBase64));

    protected override void SendRtcpDatagram(byte[] datagram)
    {
        var rtp = Worker;
        Worker = RtcpWorker ?? rtp;
        SendDatagram(datagram);
        Worker = rtp;
    }

    protected override void Receive(byte[] datagram, TransportAddress from)
    {
        // The first byte of an SCTP packet is that of port 5000.
        if (datagram[0] == 0x13)
        {
            Sctp?.Receive(datagram);
        }
        else
        {
            ReceiveMedia(datagram);
        }
    }
}
