using System.Text;
using Bisque.Dtls;
using Bisque.Ice;
using Bisque.Primitives;
using Bisque.Srtp;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>A browser's network side: it checks connectivity, shakes hands, and sends SRTP.</summary>
internal sealed class WebRtcPeer : MediaPeer, IDtlsEvents
{
    private readonly byte[] _transactionId = "transaction0"u8.ToArray();
    private readonly List<byte[]> _stunResponses = [];
    private bool _wantsHandshake;

    public WebRtcPeer(
        VirtualNetwork network,
        ushort port,
        WebRtcTransport transport,
        TransportAddress worker,
        IceCredentials credentials,
        DtlsCertificate certificate,
        DtlsRole role,
        IReadOnlyList<ushort>? srtpProfiles = null,
        int mtu = DtlsOptions.DefaultMtu)
        : base(network, port, worker)
    {
        Transport = transport;
        Credentials = credentials;
        Certificate = certificate;
        var options = new DtlsOptions
        {
            Role = role,
            Certificate = certificate,
            Random = new SeededRandomSource(port),
            Mtu = mtu,
        };
        Dtls = new DtlsEndpoint(srtpProfiles is null ? options : options with { SrtpProfiles = srtpProfiles }, this);
    }

    public WebRtcTransport Transport { get; }

    /// <summary>The worker's ICE credentials as this peer knows them.</summary>
    public IceCredentials Credentials { get; set; }

    public DtlsCertificate Certificate { get; }

    public DtlsEndpoint Dtls { get; }

    public List<DtlsState> DtlsStates { get; } = [];

    /// <summary>Success responses to connectivity checks.</summary>
    public int ChecksAnswered { get; private set; }

    /// <summary>Error responses to connectivity checks.</summary>
    public int ChecksRefused { get; private set; }

    /// <summary>Datagrams of the handshake as they were sent.</summary>
    public List<byte[]> DtlsSent { get; } = [];

    public override MonotonicTime NextDeadline => MonotonicTime.Min(base.NextDeadline, Dtls.NextDeadline);

    public DtlsFingerprint Fingerprint => Certificate.Fingerprints[(int)FingerprintAlgorithm.Sha256];

    /// <summary>A connectivity check as this peer sends it.</summary>
    public byte[] Check(bool useCandidate = true, IceCredentials? credentials = null)
    {
        var to = credentials ?? Credentials;
        _transactionId[11]++;
        var writer = StunWriter.BindingRequest(new byte[256], _transactionId);
        writer.AddUsername(Encoding.ASCII.GetBytes(to.UsernameFragment + ":peer"));
        writer.AddPriority(0x6e00_01ff);
        writer.AddIceControlling(0x932f_f9b1_5126_3b36);
        if (useCandidate)
        {
            writer.AddUseCandidate();
        }

        writer.AddMessageIntegrity(Encoding.ASCII.GetBytes(to.Password));
        writer.AddFingerprint();
        return writer.Written.ToArray();
    }

    public void SendCheck(bool useCandidate = true, IceCredentials? credentials = null) => SendDatagram(Check(useCandidate, credentials));

    /// <summary>Sends a check, and shakes hands once it is answered.</summary>
    public void Connect()
    {
        _wantsHandshake = true;
        SendCheck();
    }

    public override void Pump()
    {
        base.Pump();
        if (Dtls.NextDeadline <= Now)
        {
            Dtls.OnDeadline(Now);
        }
    }

    void IDtlsEvents.SendDatagram(ReadOnlySpan<byte> datagram)
    {
        var bytes = datagram.ToArray();
        DtlsSent.Add(bytes);
        SendDatagram(bytes);
    }

    void IDtlsEvents.ApplicationData(ReadOnlySpan<byte> data) => Sctp?.Receive(data);

    void IDtlsEvents.StateChanged(DtlsState state) => DtlsStates.Add(state);

    void IDtlsEvents.SrtpKeysAvailable(DtlsSrtpKeys keys) => UseSrtp((SrtpProfile)keys.Profile, keys.LocalKey, keys.RemoteKey);

    protected override void SendSctp(byte[] packet) => Dtls.Send(packet);

    protected override void Receive(byte[] datagram, TransportAddress from)
    {
        if (StunMessage.LooksLikeStun(datagram))
        {
            OnStun(datagram);
        }
        else if (datagram[0] is >= 20 and <= 63)
        {
            Dtls.Receive(datagram, Now);
        }
        else
        {
            ReceiveMedia(datagram);
        }
    }

    private void OnStun(byte[] datagram)
    {
        Assert.True(StunMessage.TryParse(datagram, out var message));
        _stunResponses.Add(datagram);
        if (message.Class != StunClass.SuccessResponse)
        {
            ChecksRefused++;
            return;
        }

        ChecksAnswered++;
        if (_wantsHandshake)
        {
            _wantsHandshake = false;
            Dtls.Start(Now);
        }
    }
}
