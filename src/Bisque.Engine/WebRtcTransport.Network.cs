using Bisque.Dtls;
using Bisque.Engine.Internal;
using Bisque.Ice;
using Bisque.Model;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Srtp;
using DtlsRole = Bisque.Model.DtlsRole;
using DtlsState = Bisque.Model.DtlsState;

namespace Bisque.Engine;

/// <content>How packets reach ICE, DTLS and SRTP, and how what DTLS says becomes the transport's state.</content>
public sealed partial class WebRtcTransport : IDtlsEvents
{
    void IDtlsEvents.SendDatagram(ReadOnlySpan<byte> datagram) => SendNow(datagram);

    /// <summary>What WebRTC sends through DTLS is SCTP (RFC 8261).</summary>
    void IDtlsEvents.ApplicationData(ReadOnlySpan<byte> data) => ReceiveSctp(data);

    void IDtlsEvents.SrtpKeysAvailable(DtlsSrtpKeys keys)
    {
        Context.Log.Debug(LogTags.Srtp, nameof(WebRtcTransport), $"media is protected by {(SrtpProfile)keys.Profile} [transportId:{Id}]");
        ReceiveSession?.Dispose();
        SendSession?.Dispose();
        ReceiveSession = new SrtpSession((SrtpProfile)keys.Profile, keys.RemoteKey, SrtpDirection.Inbound);
        SendSession = new SrtpSession((SrtpProfile)keys.Profile, keys.LocalKey, SrtpDirection.Outbound);
    }

    void IDtlsEvents.StateChanged(Dtls.DtlsState state)
    {
        var wasConnected = IsConnected;
        SetDtlsState((DtlsState)state, state == Dtls.DtlsState.Connected ? _dtls!.RemoteCertificatePem : null);
        if (IsConnected)
        {
            OnConnected();
        }
        else if (wasConnected)
        {
            OnDisconnected();
        }
    }

    /// <summary>Takes one packet that the listener received for this transport. A fault in it ends this transport and nothing else.</summary>
    internal void Receive(in IceTuple tuple, PacketBuffer packet)
    {
        if (IsClosed || IsFaulted)
        {
            return;
        }

        try
        {
            Context.InjectFault?.Invoke(FaultPoint.Datagram, this);
            Counters.OnReceived(packet.Length, packet.ReceivedAt);
            Classify(tuple, packet);
        }
        catch (Exception fault)
        {
            OnFault(fault);
        }
    }

    internal override void SendProtected(in SendSlot slot, int length) => _path.Commit(Context.Loop.Outgoing, slot, length);

    internal override void SendSctp(ReadOnlySpan<byte> packet) => _dtls?.Send(packet);

    private protected override void SendRtcpNow(ReadOnlySpan<byte> packet)
    {
        if (SendSession is not { } session || !IsConnected)
        {
            return;
        }

        Span<byte> datagram = stackalloc byte[packet.Length + session.Profile.RtcpOverhead()];
        if (session.TryProtectRtcp(packet, datagram, out var length))
        {
            SendNow(datagram[..length]);
        }
        else
        {
            Counters.ProtectFailures++;
        }
    }

    /// <summary>By the first byte (RFC 7983); all but STUN only over a path that ICE validated.</summary>
    private void Classify(in IceTuple tuple, PacketBuffer packet)
    {
        var bytes = packet.Span;
        if (StunMessage.LooksLikeStun(bytes))
        {
            _ice.ProcessStun(bytes, tuple, Context.Now);
            ScheduleIce();
        }
        else if (!_ice.IsValidTuple(tuple))
        {
            Counters.UnexpectedPackets++;
            WarnAboutPacket(LogTags.Ice, "a packet came over a path that ICE did not validate");
        }
        else if (RtcpCompound.LooksLikeRtcp(bytes))
        {
            OnRtcpPacket(packet, tuple);
        }
        else if (RtpPacket.LooksLikeRtp(bytes))
        {
            OnRtpPacket(packet, tuple);
        }
        else if (LooksLikeDtls(bytes))
        {
            OnDtlsPacket(bytes, tuple);
        }
        else
        {
            Counters.UnknownPackets++;
        }
    }

    /// <summary>RFC 7983: the first byte of a DTLS record is its content type, 20 to 63.</summary>
    private static bool LooksLikeDtls(ReadOnlySpan<byte> bytes) => bytes.Length >= 13 && bytes[0] is >= 20 and <= 63;

    private void OnRtpPacket(PacketBuffer buffer, in IceTuple tuple)
    {
        if (ReceiveSession is not { } session)
        {
            Counters.UnexpectedPackets++;
            return;
        }

        var status = session.UnprotectRtp(buffer.Span, out var length);
        if (status != SrtpStatus.Ok)
        {
            OnUnprotectFailure(status);
            return;
        }

        buffer.Length = length;
        _ice.OnMediaFrom(tuple);
        NoteSecured(tuple);
        ReceiveRtp(buffer, session);
    }

    private void OnRtcpPacket(PacketBuffer buffer, in IceTuple tuple)
    {
        if (ReceiveSession is not { } session)
        {
            Counters.UnexpectedPackets++;
            return;
        }

        var status = session.UnprotectRtcp(buffer.Span, out var length);
        if (status != SrtpStatus.Ok)
        {
            OnUnprotectFailure(status);
            return;
        }

        NoteSecured(tuple);
        ReceiveRtcp(buffer.Span[..length], buffer.ReceivedAt);
    }

    private void OnUnprotectFailure(SrtpStatus status)
    {
        Counters.UnprotectFailures++;
        if (status is not (SrtpStatus.Replayed or SrtpStatus.TooOld))
        {
            WarnAboutPacket(LogTags.Srtp, "a packet could not be authenticated");
        }
    }

    private void OnDtlsPacket(ReadOnlySpan<byte> bytes, in IceTuple tuple)
    {
        if (_dtls is null)
        {
            Counters.UnexpectedPackets++;
            return;
        }

        _ice.OnMediaFrom(tuple);
        var wasConnected = _dtlsState == DtlsState.Connected;
        _dtls.Receive(bytes, Context.Now);
        if (!wasConnected && _dtlsState == DtlsState.Connected)
        {
            NoteSecured(tuple);
        }

        ScheduleDtls();
    }

    private void NoteSecured(in IceTuple tuple)
    {
        if (_securedTuple != tuple)
        {
            _securedTuple = tuple;
        }
    }

    private void OnDtlsDeadline(MonotonicTime now)
    {
        _dtls?.OnDeadline(now);
        ScheduleDtls();
    }

    private void ScheduleDtls() => _dtlsTimer.Schedule(_dtls?.NextDeadline ?? MonotonicTime.Never);

    /// <summary>
    /// Begins the handshake once there is a path. A peer that is quicker than the controller finds a server: its ClientHello must
    /// not be lost, and whether it is the right peer is checked when the fingerprint is told.
    /// </summary>
    private void StartDtlsIfPossible()
    {
        if (_dtls is not null || !IsIceUp || _dtlsState is DtlsState.Failed or DtlsState.Closed)
        {
            return;
        }

        if (_dtlsRole == DtlsRole.Auto)
        {
            _dtlsRole = DtlsRole.Server;
        }

        _dtls = new DtlsEndpoint(
            new DtlsOptions
            {
                Role = _dtlsRole == DtlsRole.Client ? Dtls.DtlsRole.Client : Dtls.DtlsRole.Server,
                Certificate = Context.Certificate,
                Random = Context.Random,
            },
            this);
        if (_remoteFingerprint is { } fingerprint)
        {
            _dtls.SetRemoteFingerprint(fingerprint);
        }

        Context.Log.Debug(LogTags.Dtls, nameof(WebRtcTransport), $"the handshake begins, our role is {_dtlsRole} [transportId:{Id}]");
        _dtls.Start(Context.Now);
        ScheduleDtls();
    }

    /// <summary>Forgets an endpoint that began in the wrong role, or is no longer needed.</summary>
    private void DropDtls()
    {
        _dtls?.Dispose();
        _dtls = null;
        _dtlsTimer.Stop();
    }

    private void SetDtlsState(DtlsState state, string? remoteCertificate)
    {
        if (state == _dtlsState || IsClosed)
        {
            return;
        }

        _dtlsState = state;
        Context.Log.Debug(LogTags.Dtls, nameof(WebRtcTransport), $"DTLS is {state}{(_dtls?.FailureReason is { } reason ? ": " + reason : "")} [transportId:{Id}]");
        Context.Emit(new WebRtcTransportDtlsStateChangeEvent(Id, state, remoteCertificate));
    }

    private void SendNow(ReadOnlySpan<byte> packet)
    {
        if (_path.Send(packet))
        {
            Counters.OnSent(packet.Length, Context.Now);
        }
    }
}
