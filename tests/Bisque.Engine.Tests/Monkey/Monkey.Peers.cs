using System.Buffers.Binary;
using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Sctp;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Monkey;

/// <content>What peers and the network between do: speak as they should, speak nonsense, move, hang up, lose packets.</content>
internal sealed partial class Monkey
{
    private static readonly uint[] Ssrcs = [1000, 1001, 1010, 1011, 1020, 1021, 1100, 1101, 1200, 1300, 4000, 4100, 4200, 4300];

    private readonly List<MediaPeer> _peers = [];
    private readonly Dictionary<uint, RtpSource> _sources = [];
    private readonly List<byte[]> _corpus = [];
    private readonly List<VirtualStream> _streams = [];
    private ushort _nextPort = 30_000;

    private IEnumerable<(string Name, int Weight, Action Do)> PeerActions() =>
    [
        ("media", 60, SendMedia),
        ("hostile RTP", 10, SendHostileRtp),
        ("feedback", 20, SendFeedback),
        ("hostile RTCP", 8, SendHostileRtcp),
        ("damaged datagram", 10, () => { if (_corpus.Count > 0) { Pick(_peers).SendUnhindered(_mutator.Next(_corpus)); } }),
        ("direct RTCP", 2, () => (Pick(_transports) as DirectTransport)?.InjectRtcp(_mutator.Next([[0x80, 201, 0, 1, 0, 0, 0, 1]]))),
        ("check", 6, () => AsBrowser(browser => browser.SendCheck(Chance(2)))),
        ("wrong check", 3, () => AsBrowser(browser => browser.SendCheck(credentials: browser.Credentials with { Password = "wrong" }))),
        ("handshake", 2, () => AsBrowser(browser => browser.Connect())),
        ("DTLS close", 1, () => AsBrowser(browser => browser.Dtls.Close())),
        ("move", 1, () => Pick(_peers).MoveTo(_nextPort++)),
        ("TCP connection", 3, () => AsBrowser(ConnectByTcp)),
        ("TCP junk", 2, () => { if (_streams.Count > 0) { Pick(_streams).Send(Bytes(200)); } }),
        ("TCP end", 2, () => { if (_streams.Count > 0) { Pick(_streams).End(); } }),
        ("TCP stall", 2, () => { if (_streams.Count > 0) { Pick(_streams).Room = Chance(2) ? Number(0, 3000) : long.MaxValue; } }),
        ("SCTP begins", 4, () => { (Pick(_peers).Sctp ?? Pick(_peers).OpenSctp()).Connect(); }),
        ("SCTP message", 15, SendMessage),
        ("SCTP reset", 2, ResetStream),
        ("SCTP anew", 1, () => Pick(_peers).OpenSctp().Connect()),
        ("SCTP ends", 1, () => Pick(_peers).Sctp?.Association.Shutdown(_world.Now)),
        ("SCTP aborts", 1, () => Pick(_peers).Sctp?.Association.Abort(_world.Now)),
        ("bad network", 2, SpoilNetwork),
    ];

    private void AsBrowser(Action<WebRtcPeer> action)
    {
        if (_peers.OfType<WebRtcPeer>().ToArray() is { Length: > 0 } browsers)
        {
            action(Pick(browsers));
        }
    }

    private void ConnectPlain()
    {
        var transport = NewPlain();
        var peer = _world.PeerOf(transport);
        Meet(peer);
        var isSecure = ((PlainTransportDump)transport.Dump()).SrtpParameters is not null;
        var keys = isSecure ? KeysOf(peer.Address.Port) : null;
        var response = transport.Connect(new PlainTransportConnectRequest
        {
            Ip = peer.Address.Address.ToString(),
            Port = peer.Address.Port,
            RtcpPort = peer.RtcpWorker is null ? null : peer.Address.Port,
            SrtpParameters = keys,
        });
        if (keys is not null)
        {
            peer.UseKeys(Transports.SrtpKeys.Profile(keys.CryptoSuite), keys, response.SrtpParameters!);
        }
    }

    private void ConnectBrowser()
    {
        var transport = NewWebRtc();
        var peer = _world.PeerOf(transport, Chance(5) ? Dtls.DtlsRole.Server : Dtls.DtlsRole.Client);
        Meet(peer);
        World.TellFingerprint(peer);
        if (((WebRtcTransportDump)transport.Dump()).IceCandidates[0].Protocol == TransportProtocol.Tcp)
        {
            ConnectByTcp(peer);
        }

        if (!Chance(6))
        {
            transport.Connect(World.ConnectRequest(peer, Chance(8) ? DtlsRole.Server : DtlsRole.Client));
        }

        peer.Connect();
        if (!Chance(3))
        {
            _world.Settle();
        }
    }

    private void ConnectByTcp(WebRtcPeer peer)
    {
        var candidates = ((WebRtcTransportDump)peer.Transport.Dump()).IceCandidates;
        if (_world.Worker.FindRequestHandler(peer.Transport.Id) == peer.Transport && !peer.Transport.IsFaulted && candidates.Any(candidate => candidate.Protocol == TransportProtocol.Tcp))
        {
            _streams.Add(peer.ConnectTcp(World.AddressOf(peer.Transport, TransportProtocol.Tcp), _nextPort++));
        }
    }

    private void Meet(MediaPeer peer)
    {
        _peers.Add(peer);
        peer.Intercept = datagram =>
        {
            if (_corpus.Count < 60)
            {
                _corpus.Add((byte[])datagram.Clone());
            }
            else if (Chance(10))
            {
                _corpus[Number(0, _corpus.Count - 1)] = (byte[])datagram.Clone();
            }

            peer.SendUnhindered(datagram);
        };
        if (!Chance(4))
        {
            peer.OpenSctp();
        }
    }

    private RtpSource SourceOf(uint ssrc)
    {
        if (!_sources.TryGetValue(ssrc, out var source))
        {
            var isAudio = ssrc >= 4000;
            source = new RtpSource(
                ssrc,
                isAudio ? Media.AudioPayloadType : ssrc % 10 == 1 ? Media.VideoRtxPayloadType : Media.VideoPayloadType,
                (ushort)Number(0, 65_535));
            _sources.Add(ssrc, source);
        }

        return source;
    }

    private byte[] NextPacket(uint ssrc)
    {
        var source = SourceOf(ssrc);
        if (Chance(20))
        {
            source.NextSequenceNumber += (ushort)Number(0, Chance(5) ? 65_535 : 60);
        }

        if (Chance(100))
        {
            source.Timestamp += (uint)Number(0, int.MaxValue);
        }

        var length = Number(2, 1100);
        var payload = Number(0, 7) switch
        {
            0 => Payloads.Vp8KeyFrame(length),
            1 => Payloads.H264KeyFrame(length),
            2 => Payloads.H264DeltaFrame(length),
            3 => Payloads.Opus(length),
            4 => Payloads.OpusDtx(),
            5 => Bytes(length),
            _ => Payloads.Vp8DeltaFrame(length),
        };
        return ssrc >= 4000
            ? source.Next(payload, (Media.Sent.AudioLevel, [(byte)Number(0, 255)]))
            : source.Next(payload, (Media.Sent.TransportWide, [(byte)Number(0, 255), (byte)Number(0, 255)]), (Media.Sent.VideoOrientation, [(byte)Number(0, 15)]));
    }

    private void SendMedia()
    {
        if (Chance(6) || _producerIds.Count == 0)
        {
            SendFrom(Pick(_peers), NextPacket(Pick(Ssrcs)));
            return;
        }

        var (transport, id) = PickRecent(_producerIds);
        var producer = _world.Worker.FindRequestHandler(id) as Producer;
        var peer = _peers.LastOrDefault(peer => TransportOf(peer) == transport);
        var encoding = producer is null ? null : Pick(producer.Media.Encodings);
        var ssrc = encoding?.Ssrc?.Value ?? Pick(Ssrcs);
        for (var count = Number(1, 12); count > 0; count--)
        {
            var packet = NextPacket(ssrc);
            if (Chance(10) && encoding?.RtxSsrc is { } rtx)
            {
                packet = SourceOf(ssrc).AsRtx(packet, rtx.Value);
            }

            if (producer?.Transport is DirectTransport)
            {
                producer.InjectRtp(packet);
            }
            else
            {
                SendFrom(peer ?? Pick(_peers), packet);
            }
        }
    }

    private static void SendFrom(MediaPeer peer, byte[] packet)
    {
        if (peer.TryProtect(packet, out var datagram))
        {
            peer.SendDatagram(datagram);
        }
    }

    private Producer? DirectProducer() => _producerIds
        .Where(producer => producer.Transport is DirectTransport)
        .Select(producer => _world.Worker.FindRequestHandler(producer.Id) as Producer)
        .LastOrDefault(producer => producer?.Transport is DirectTransport);

    /// <summary>Fifteen contributing sources, padding and extension lengths that lie, nothing at all.</summary>
    private void SendHostileRtp()
    {
        var packet = NextPacket(Pick(Ssrcs));
        switch (Number(0, 5))
        {
            case 0:
                packet = [(byte)(packet[0] | 0x0f), .. packet[1..12], .. new byte[60], .. packet[12..]];
                break;
            case 1:
                packet[0] |= 0x20;
                packet[^1] = (byte)Number(0, 255);
                break;
            case 2:
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(14), (ushort)Number(0, 65_535));
                break;
            case 3:
                packet = packet[..Number(12, packet.Length)];
                break;
            case 4:
                packet[1] = (byte)(packet[1] & 0x80 | Number(96, 127));
                break;
            default:
                packet = [.. packet[..Number(12, packet.Length)], .. Bytes(900)];
                break;
        }

        if (RtpPacket.TryParse(packet, out _))
        {
            SendFrom(Pick(_peers), packet);
        }
        else
        {
            Pick(_peers).SendUnhindered(packet);
        }

        DirectProducer()?.InjectRtp(packet);
    }

    private void SendFeedback()
    {
        var peer = Pick(_peers);
        var ssrc = !Chance(4) && peer.Rtp.Count > 0
            ? peer.Rtp[^1].Ssrc
            : (uint)(5000 + 100 * Number(0, 15) + (Chance(5) ? 10 * Number(0, 2) : 0) + (Chance(5) ? 1 : 0));
        switch (Number(0, 5))
        {
            case 0:
                peer.SendPli(ssrc);
                break;
            case 1:
                peer.SendFir(ssrc, (byte)Number(0, 255));
                break;
            case 2:
                peer.SendSenderReport(new SenderInfo(
                    new Ssrc(Pick(Ssrcs)), new NtpTime((ulong)Number(0, int.MaxValue) << Number(0, 33)), new RtpTimestamp((uint)Number(0, int.MaxValue)), 1, 1));
                break;
            case 3:
                Span<byte> block = stackalloc byte[24];
                _random.Fill(block);
                BinaryPrimitives.WriteUInt32BigEndian(block, ssrc);
                peer.SendRtcp([0x81, 201, 0, 7, 0, 0, 0, 1, .. block]);
                break;
            default:
                var newest = peer.Rtp.Count == 0 ? null : peer.Rtp[^1];
                var from = newest?.SequenceNumber ?? (ushort)Number(0, 65_535);
                peer.SendNack(newest?.Ssrc ?? ssrc, from, (ushort)(from - Number(1, 40)), (ushort)(from - Number(41, 500)));
                break;
        }
    }

    private void SendHostileRtcp()
    {
        var peer = Pick(_peers);
        var compound = new List<byte>();
        for (var count = Number(1, 60); count > 0 && compound.Count < 1150; count--)
        {
            var words = Number(1, 8);
            var packet = new byte[4 + 4 * words];
            _random.Fill(packet);
            packet[0] = (byte)(0x80 | (packet[0] & 0x3f));
            packet[1] = (byte)Number(200, 207);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)words);
            if (words > 1)
            {
                BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), Chance(2) ? Pick(Ssrcs) : (uint)(5000 + 100 * Number(0, 5)));
            }

            compound.AddRange(packet);
        }

        peer.SendRtcp([.. compound]);
    }

    private void SendMessage()
    {
        var (transport, id) = PickRecent(_dataProducerIds);
        var peer = _peers.LastOrDefault(peer => TransportOf(peer) == transport) ?? Pick(_peers);
        var stream = (_world.Worker.FindRequestHandler(id) as DataProducer)?.StreamId ?? (ushort)Number(0, 5);
        for (var count = Number(1, 5); count > 0; count--)
        {
            peer.Sctp?.Send(stream, (uint)Number(0, 60), Bytes(Chance(4) ? 20_000 : 1000), new SctpSendOptions
            {
                Unordered = Chance(3),
                MaxRetransmissions = Chance(3) ? 0 : null,
            });
        }
    }

    private void ResetStream()
    {
        if (Pick(_peers).Sctp is { } sctp)
        {
            sctp.Association.ResetStreams([(ushort)Number(0, 4)], _world.Now);
        }
    }

    private void SpoilNetwork()
    {
        var peer = Pick(_peers);
        if (peer.Stream is null)
        {
            peer.Uplink = Chance(3) ? null : Link();
            peer.Downlink = Chance(3) ? null : Link();
        }
    }

    private VirtualLink Link() => new((ulong)Number(1, int.MaxValue))
    {
        Delay = TimeSpan.FromMilliseconds(Number(0, 100)),
        Jitter = TimeSpan.FromMilliseconds(Number(0, 50)),
        Loss = Chance(4) ? 0.6 : 0.05,
        Duplication = 0.05,
    };
}
