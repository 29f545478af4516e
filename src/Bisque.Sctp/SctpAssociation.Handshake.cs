using System.Buffers.Binary;
using Bisque.Sctp.Association;
using Bisque.Sctp.Packets;
using Bisque.Sctp.Receive;
using Bisque.Sctp.Send;

namespace Bisque.Sctp;

/// <summary>INIT, INIT-ACK, COOKIE-ECHO, COOKIE-ACK: how an association begins, collides and begins anew (RFC 9260 section 5).</summary>
public sealed partial class SctpAssociation
{
    /// <summary>A smaller window than this is not allowed (RFC 9260 section 3.3.2).</summary>
    private const int SmallestWindow = 1500;

    /// <summary>The longest cookie that fits behind a header.</summary>
    private const int MaxUnrecognizedBytes = 256;

    private uint _localTag;
    private Tsn _localInitialTsn;
    private byte[] _cookie = [];
    private byte[] _initErrors = [];

    private void BeginHandshake()
    {
        EnsureLocalTag();
        SendInit();
        _t1.Start(_now);
        MoveTo(AssociationState.CookieWait);
    }

    /// <summary>
    /// One tag for all handshakes that we are in until there is an association: our own, and answers to the peer's (RFC 9260 section 5.2.1).
    /// </summary>
    private void EnsureLocalTag()
    {
        while (_localTag == 0)
        {
            _localTag = _random.NextUInt32();
            _localInitialTsn = new(_random.NextUInt32());
        }
    }

    private uint NewTag()
    {
        uint tag;
        do
        {
            tag = _random.NextUInt32();
        }
        while (tag == 0);

        return tag;
    }

    private void SendInit()
    {
        Span<byte> parameters = stackalloc byte[64];
        var length = InitChunk.FixedLength + PeerCapabilities.WriteOwn(parameters, _options);
        var chunk = _packet.Room;
        InitChunk.WriteFixed(
            chunk, ChunkType.Init, length, _localTag, (uint)_options.ReceiverWindow, _options.OutgoingStreams, _options.IncomingStreams, _localInitialTsn);
        parameters[..(length - InitChunk.FixedLength)].CopyTo(chunk[InitChunk.FixedLength..]);
        _packet.Advance(length);
        EmitTo(verificationTag: 0, zeroChecksum: false);
    }

    private bool HandleInit(in Chunk chunk, uint verificationTag)
    {
        if (verificationTag != 0 || IsOver || !InitChunk.TryParse(chunk, out var init) || init.InitiateTag == 0)
        {
            return false;
        }

        if (init.OutboundStreams == 0 || init.MaxInboundStreams == 0 || init.AdvertisedWindow < SmallestWindow)
        {
            // Without a change of what there is: nobody has proven to be the peer (RFC 9260 section 3.3.2).
            SendAbort(init.InitiateTag, reflected: false, ErrorCauseCode.InvalidMandatoryParameter, []);
            return false;
        }

        if (_state == AssociationState.ShutdownAckSent)
        {
            SendShutdownAck();
            return true;
        }

        var capabilities = new PeerCapabilities { OutboundStreams = init.OutboundStreams, MaxInboundStreams = init.MaxInboundStreams };
        Span<byte> unrecognized = stackalloc byte[MaxUnrecognizedBytes];
        var unrecognizedLength = 0;
        if (!ReadInitParameters(init.Parameters, ref capabilities, unrecognized, ref unrecognizedLength, out _))
        {
            SendAbort(init.InitiateTag, reflected: false, ErrorCauseCode.UnresolvableAddress, []);
            return false;
        }

        var fresh = _state is AssociationState.New or AssociationState.CookieWait or AssociationState.CookieEchoed;
        if (fresh)
        {
            EnsureLocalTag();
        }

        var cookie = new StateCookie
        {
            LocalTag = fresh ? _localTag : NewTag(),
            PeerTag = init.InitiateTag,
            LocalInitialTsn = fresh ? _localInitialTsn : new(_random.NextUInt32()),
            PeerInitialTsn = init.InitialTsn,
            PeerWindow = init.AdvertisedWindow,
            TieTag = _tcb?.TieTag ?? 0,
            Capabilities = capabilities,
            CreatedAt = _now,
        };
        SendInitAck(cookie, unrecognized[..unrecognizedLength]);
        return true;
    }

    private void SendInitAck(in StateCookie cookie, ReadOnlySpan<byte> unrecognized)
    {
        Emit();
        var chunk = _packet.Room;
        var length = InitChunk.FixedLength + PeerCapabilities.WriteOwn(chunk[InitChunk.FixedLength..], _options);
        Parameter.WriteHeader(chunk[length..], ParameterType.StateCookie, Parameter.HeaderLength + StateCookie.Length);
        cookie.Write(chunk.Slice(length + Parameter.HeaderLength, StateCookie.Length), _cookieKey);
        length += Parameter.HeaderLength + StateCookie.Length;
        unrecognized.CopyTo(chunk[length..]);
        length += unrecognized.Length;
        InitChunk.WriteFixed(
            chunk, ChunkType.InitAck, length, cookie.LocalTag, (uint)_options.ReceiverWindow, _options.OutgoingStreams, _options.IncomingStreams,
            cookie.LocalInitialTsn);
        _packet.Advance(length);
        EmitTo(cookie.PeerTag, zeroChecksum: false);
    }

    /// <summary>
    /// Reads the parameters of INIT or INIT-ACK; collects those to be reported, as parameters of type unrecognized, as far as there is room.
    /// False when there is a host name, which is refused (RFC 9260 section 3.3.2.1).
    /// </summary>
    private static bool ReadInitParameters(
        ReadOnlySpan<byte> rest, ref PeerCapabilities capabilities, Span<byte> unrecognized, ref int unrecognizedLength, out ReadOnlySpan<byte> cookie)
    {
        cookie = default;
        while (Parameter.TryRead(ref rest, out var parameter))
        {
            if (PeerCapabilities.TryAdd(ref capabilities, parameter))
            {
                continue;
            }

            switch (parameter.Type)
            {
                case ParameterType.StateCookie:
                    cookie = parameter.Value;
                    continue;
                case ParameterType.HostNameAddress:
                    return false;
                case ParameterType.Ipv4Address or ParameterType.Ipv6Address or ParameterType.CookiePreservative or ParameterType.SupportedAddressTypes
                    or ParameterType.UnrecognizedParameter:
                    continue;
            }

            if (parameter.ReportIfUnknown && Chunk.Padded(Parameter.HeaderLength + parameter.Bytes.Length) <= unrecognized.Length - unrecognizedLength)
            {
                unrecognizedLength += Parameter.Write(unrecognized[unrecognizedLength..], ParameterType.UnrecognizedParameter, parameter.Bytes);
            }

            if (!parameter.ContinueIfUnknown)
            {
                break;
            }
        }

        return true;
    }

    private void HandleInitAck(in Chunk chunk)
    {
        // In any other state it answers an INIT that nothing became of (RFC 9260 section 5.2.3).
        if (_state != AssociationState.CookieWait || !InitChunk.TryParse(chunk, out var init))
        {
            _counters.ChunksDropped++;
            return;
        }

        if (init.InitiateTag == 0 || init.OutboundStreams == 0 || init.MaxInboundStreams == 0 || init.AdvertisedWindow < SmallestWindow)
        {
            GiveUp(SctpErrorKind.ProtocolViolation, "INIT-ACK has values that are not allowed", init.InitiateTag, ErrorCauseCode.InvalidMandatoryParameter);
            return;
        }

        var capabilities = new PeerCapabilities { OutboundStreams = init.OutboundStreams, MaxInboundStreams = init.MaxInboundStreams };
        Span<byte> unrecognized = stackalloc byte[MaxUnrecognizedBytes];
        var unrecognizedLength = 0;
        if (!ReadInitParameters(init.Parameters, ref capabilities, unrecognized, ref unrecognizedLength, out var cookie))
        {
            GiveUp(SctpErrorKind.ProtocolViolation, "INIT-ACK has a host name", init.InitiateTag, ErrorCauseCode.UnresolvableAddress);
            return;
        }

        var room = (_options.Mtu & ~3) - SctpPacket.HeaderLength - Chunk.HeaderLength;
        if (cookie.IsEmpty || cookie.Length > room)
        {
            GiveUp(
                SctpErrorKind.ProtocolViolation, "INIT-ACK has no cookie, or one too long to send back", init.InitiateTag,
                ErrorCauseCode.MissingMandatoryParameter);
            return;
        }

        _cookie = cookie.ToArray();
        _initErrors = unrecognized[..unrecognizedLength].ToArray();
        PeerImplementation = Association.PeerImplementation.Of(cookie);
        Establish(_localTag, init.InitiateTag, _localInitialTsn, init.InitialTsn, init.AdvertisedWindow, capabilities);
        _state = AssociationState.CookieEchoed;
        SendCookieEcho();
        _t1.Start(_now);
    }

    private void SendCookieEcho()
    {
        Emit();
        var chunk = _packet.Room;
        Chunk.WriteHeader(chunk, ChunkType.CookieEcho, flags: 0, Chunk.HeaderLength + _cookie.Length);
        _cookie.CopyTo(chunk[Chunk.HeaderLength..]);
        _packet.Advance(Chunk.Pad(chunk, Chunk.HeaderLength + _cookie.Length));
        if (_initErrors.Length > 0 && _packet.Room.Length >= ErrorCause.ChunkLength(_initErrors.Length))
        {
            _packet.Advance(ErrorCause.WriteChunk(_packet.Room, ChunkType.Error, flags: 0, ErrorCauseCode.UnrecognizedParameters, _initErrors));
        }

        // The peer cannot know yet that it agreed to packets without checksum (RFC 9653 section 5.2).
        EmitTo(_tcb!.PeerTag, zeroChecksum: false);
    }

    /// <summary>Takes a COOKIE-ECHO, the first chunk of its packet. False when the rest of the packet is not to be looked at.</summary>
    private bool HandleCookieEcho(in Chunk chunk, uint verificationTag)
    {
        if (IsOver || !StateCookie.TryRead(chunk.Value, _cookieKey, out var cookie) || cookie.LocalTag != verificationTag)
        {
            _counters.ChunksDropped++;
            return false;
        }

        var sameLocal = _tcb is { } tcb && tcb.LocalTag == cookie.LocalTag;
        var samePeer = _tcb is not null && _tcb.PeerTag == cookie.PeerTag;
        var age = _now - cookie.CreatedAt;
        if (age > _options.CookieLifetime && !(sameLocal && samePeer))
        {
            SendStaleCookieError(cookie, age - _options.CookieLifetime);
            return false;
        }

        if (_tcb is null)
        {
            if (cookie.LocalTag != _localTag)
            {
                return false;
            }

            Establish(cookie.LocalTag, cookie.PeerTag, cookie.LocalInitialTsn, cookie.PeerInitialTsn, cookie.PeerWindow, cookie.Capabilities);
            BecomeEstablished();
        }
        else if (sameLocal && samePeer)
        {
            // D: our handshake came to its end on the peer's side, or its COOKIE-ACK was lost.
            if (_state == AssociationState.CookieEchoed)
            {
                BecomeEstablished();
            }
        }
        else if (sameLocal)
        {
            return CollideOrRefuse(cookie);
        }
        else if (!samePeer && cookie.TieTag == _tcb.TieTag)
        {
            return Restart(cookie);
        }
        else
        {
            // C, or of an association before this one: silently dropped.
            return false;
        }

        SendCookieAck();
        return true;
    }

    /// <summary>
    /// B: both began at once, and the peer's tag is not the one that it told us before. Its later word counts, unless data has already
    /// gone by the first.
    /// </summary>
    private bool CollideOrRefuse(in StateCookie cookie)
    {
        if (_state == AssociationState.CookieEchoed)
        {
            Establish(cookie.LocalTag, cookie.PeerTag, cookie.LocalInitialTsn, cookie.PeerInitialTsn, cookie.PeerWindow, cookie.Capabilities);
            BecomeEstablished();
        }
        else if (_state == AssociationState.Established)
        {
            _tcb!.PeerTag = cookie.PeerTag;
        }
        else
        {
            return false;
        }

        SendCookieAck();
        return true;
    }

    /// <summary>A: the peer has lost its state and begun anew.</summary>
    private bool Restart(in StateCookie cookie)
    {
        if (_state == AssociationState.ShutdownAckSent)
        {
            SendShutdownAck();
            TryAddError(ErrorCauseCode.CookieReceivedWhileShuttingDown, []);
            return false;
        }

        var wasEstablished = _state != AssociationState.CookieEchoed;
        Emit();
        _t2.Stop();
        _tcb!.Outgoing.GiveUp();
        _sendQueue.Restart();
        Establish(cookie.LocalTag, cookie.PeerTag, cookie.LocalInitialTsn, cookie.PeerInitialTsn, cookie.PeerWindow, cookie.Capabilities);
        if (wasEstablished)
        {
            _events.Restarted();
        }

        if (IsOver)
        {
            return false;
        }

        BecomeEstablished();
        if (IsOver)
        {
            return false;
        }

        SendCookieAck();
        return true;
    }

    private void HandleCookieAck()
    {
        if (_state == AssociationState.CookieEchoed)
        {
            BecomeEstablished();
        }
    }

    private void Establish(uint localTag, uint peerTag, Tsn localTsn, Tsn peerTsn, uint peerWindow, in PeerCapabilities peer)
    {
        _retransmissionsBefore += _tcb?.Outgoing.Retransmissions ?? 0;
        _localTag = localTag;
        _localInitialTsn = localTsn;
        var capabilities = peer.NegotiateWith(_options);
        ulong tieTag;
        do
        {
            tieTag = _random.NextUInt64();
        }
        while (tieTag == 0);

        _sendQueue.SetCapabilities(capabilities);
        var timeout = new RetransmissionTimeout(_options);
        var outgoing = new RetransmissionQueue(_options, _sendQueue, localTsn, peerWindow, capabilities, timeout);
        var reassembly = new ReassemblyQueue(_options, capabilities.MessageInterleaving, this, _pool);
        _tcb = new()
        {
            LocalTag = localTag,
            PeerTag = peerTag,
            TieTag = tieTag,
            Capabilities = capabilities,
            PeerWindow = peerWindow,
            Tracker = new(peerTsn),
            Reassembly = reassembly,
            Outgoing = outgoing,
            Rto = timeout,
            OutgoingReset = new(localTsn, _sendQueue, outgoing, _events, _options.Mtu & ~3),
            IncomingReset = new(peerTsn, reassembly, _events),
            Heartbeat = new(_options.HeartbeatInterval, _random),
            Errors = new(_options.MaxRetransmissions),
        };
    }

    private void BecomeEstablished()
    {
        _t1.Stop();
        _cookie = [];
        _initErrors = [];
        var tcb = _tcb!;
        tcb.Heartbeat.Restart(_now, tcb.Rto.Value);
        NegotiatedCapabilities = tcb.Capabilities;
        _events.Negotiated(tcb.Capabilities);
        if (!IsOver)
        {
            MoveTo(AssociationState.Established);
        }
    }

    private void SendCookieAck()
    {
        if (IsOver)
        {
            return;
        }

        // First in its packet: what comes before it would reach a peer that is not connected yet.
        Emit();
        Chunk.WriteHeader(_packet.Room, ChunkType.CookieAck, flags: 0, Chunk.HeaderLength);
        _packet.Advance(Chunk.HeaderLength);
    }

    private void SendStaleCookieError(in StateCookie cookie, TimeSpan staleness)
    {
        Span<byte> microseconds = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(microseconds, (uint)Math.Min(staleness.Ticks / TimeSpan.TicksPerMicrosecond, uint.MaxValue));
        Emit();
        _packet.Advance(ErrorCause.WriteChunk(_packet.Room, ChunkType.Error, flags: 0, ErrorCauseCode.StaleCookie, microseconds));
        EmitTo(cookie.PeerTag, zeroChecksum: false);
    }
}
