using Bisque.Sctp.Association;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp;

/// <summary>Which packets belong to the association, and what is done with each chunk (RFC 9260 sections 8.4, 8.5 and 3.2).</summary>
public sealed partial class SctpAssociation
{
    private const byte ReflectedTagFlag = 1;
    private bool _packetHasData;
    private bool _packetHasSack;

    /// <summary>False when the packet is dropped whole.</summary>
    private bool TryReceivePacket(ReadOnlySpan<byte> bytes)
    {
        if (!SctpPacket.TryParse(bytes, out var packet) || packet.SourcePort != _options.RemotePort || packet.DestinationPort != _options.LocalPort
            || !HasGoodChecksum(packet))
        {
            return false;
        }

        var rest = packet.Chunks;
        if (!Chunk.TryRead(ref rest, out var first))
        {
            return false;
        }

        switch (first.Type)
        {
            case ChunkType.Init:
                return rest.IsEmpty && HandleInit(first, packet.VerificationTag);
            case ChunkType.CookieEcho:
                if (HandleCookieEcho(first, packet.VerificationTag))
                {
                    ReceiveChunks(rest);
                }

                return true;
            case ChunkType.Abort or ChunkType.ShutdownComplete when (first.Flags & ReflectedTagFlag) != 0:
                if (_tcb is null || packet.VerificationTag != _tcb.PeerTag)
                {
                    return false;
                }

                HandleChunk(first);
                return true;
            case ChunkType.ShutdownAck when _state is AssociationState.CookieWait or AssociationState.CookieEchoed:
                // Of an association before this one (RFC 9260 section 8.5.1 E).
                SendShutdownComplete(packet.VerificationTag, reflected: true);
                return true;
        }

        if (_state is AssociationState.New or AssociationState.Closed or AssociationState.Failed)
        {
            HandleOutOfTheBlue(first, packet.VerificationTag);
            return false;
        }

        if (packet.VerificationTag != (_tcb?.LocalTag ?? _localTag))
        {
            return false;
        }

        ReceiveChunks(packet.Chunks);
        return true;
    }

    /// <summary>
    /// A packet without checksum is taken when we offered that, unless it begins an association, which needs one (RFC 9653 section 5.3).
    /// </summary>
    private bool HasGoodChecksum(in SctpPacket packet) =>
        (_options.ZeroChecksum && packet.HasZeroChecksum && packet.FirstChunk is not (ChunkType.Init or ChunkType.CookieEcho))
        || packet.HasCorrectChecksum();

    private void ReceiveChunks(ReadOnlySpan<byte> rest)
    {
        _packetHasData = false;
        _packetHasSack = false;
        while (!rest.IsEmpty && !IsOver)
        {
            if (!Chunk.TryRead(ref rest, out var chunk))
            {
                _counters.ChunksDropped++;
                break;
            }

            if (!HandleChunk(chunk))
            {
                break;
            }
        }

        if (!IsOver)
        {
            FinishData();
        }
    }

    /// <summary>False when the rest of the packet is not to be looked at.</summary>
    private bool HandleChunk(in Chunk chunk)
    {
        if (_tcb is null)
        {
            // COOKIE-WAIT.
            switch (chunk.Type)
            {
                case ChunkType.InitAck:
                    HandleInitAck(chunk);
                    return false;
                case ChunkType.Abort:
                    HandleAbort(chunk);
                    return false;
                default:
                    _counters.ChunksDropped++;
                    return true;
            }
        }

        switch (chunk.Type)
        {
            case ChunkType.Data or ChunkType.IData:
                return HandleData(_tcb, chunk);
            case ChunkType.Sack when _packetHasSack:
                // A second one has nothing to say that the first had not, and each costs a walk over all that is outstanding.
                _counters.ChunksDropped++;
                return true;
            case ChunkType.Sack:
                _packetHasSack = true;
                HandleSack(_tcb, chunk);
                return true;
            case ChunkType.ForwardTsn or ChunkType.IForwardTsn:
                return HandleForwardTsn(_tcb, chunk);
            case ChunkType.ReConfig:
                HandleReConfig(_tcb, chunk);
                return true;
            case ChunkType.Heartbeat:
                HandleHeartbeat(chunk);
                return true;
            case ChunkType.HeartbeatAck:
                HandleHeartbeatAck(_tcb, chunk);
                return true;
            case ChunkType.CookieAck:
                HandleCookieAck();
                return true;
            case ChunkType.Abort:
                HandleAbort(chunk);
                return false;
            case ChunkType.Shutdown:
                HandleShutdown(_tcb, chunk);
                return true;
            case ChunkType.ShutdownAck:
                HandleShutdownAck();
                return true;
            case ChunkType.ShutdownComplete:
                HandleShutdownComplete();
                return true;
            case ChunkType.Error:
                HandleError(chunk);
                return true;
            case ChunkType.Init or ChunkType.InitAck or ChunkType.CookieEcho:
                // Bundled where they must not be, or late.
                _counters.ChunksDropped++;
                return chunk.Type != ChunkType.Init;
            default:
                return HandleUnknown(chunk);
        }
    }

    private bool HandleUnknown(in Chunk chunk)
    {
        _counters.ChunksDropped++;
        if (((byte)chunk.Type & 0x40) != 0)
        {
            TryAddError(ErrorCauseCode.UnrecognizedChunkType, chunk.Bytes);
        }

        return ((byte)chunk.Type & 0x80) != 0;
    }

    private void HandleHeartbeat(in Chunk chunk)
    {
        var room = Room(Chunk.Padded(chunk.Bytes.Length));
        if (room.IsEmpty)
        {
            // Longer than our packets.
            _counters.ChunksDropped++;
            return;
        }

        chunk.Bytes.CopyTo(room);
        Chunk.WriteHeader(room, ChunkType.HeartbeatAck, flags: 0, chunk.Bytes.Length);
        _packet.Advance(Chunk.Pad(room, chunk.Bytes.Length));
    }

    private void HandleHeartbeatAck(TransmissionControlBlock tcb, in Chunk chunk)
    {
        if (!HeartbeatChunk.TryParse(chunk, out var information) || !tcb.Heartbeat.TryAcknowledge(information, _now, out var roundTrip))
        {
            _counters.ChunksDropped++;
            return;
        }

        tcb.Errors.Clear();
        tcb.Rto.Observe(roundTrip);
    }

    private void HandleError(in Chunk chunk)
    {
        var causes = chunk.Value;
        while (!IsOver && ErrorCause.TryRead(ref causes, out var cause))
        {
            if (cause.Code == ErrorCauseCode.StaleCookie && _state == AssociationState.CookieEchoed)
            {
                HandleStaleCookie();
                return;
            }

            _events.Error(SctpErrorKind.PeerReported, NameOf(cause.Code));
        }
    }

    /// <summary>The handshake took too long: once more from the beginning, but not for ever (RFC 9260 section 5.2.6).</summary>
    private void HandleStaleCookie()
    {
        _tcb = null;
        if (_staleCookies++ > 0)
        {
            End(SctpErrorKind.TooManyRetries, "the peer finds every cookie stale");
            return;
        }

        _packet.Clear();
        _state = AssociationState.CookieWait;
        SendInit();
        _t1.Start(_now);
    }

    /// <summary>A packet of no association that we know (RFC 9260 section 8.4).</summary>
    private void HandleOutOfTheBlue(in Chunk first, uint verificationTag)
    {
        switch (first.Type)
        {
            case ChunkType.ShutdownAck:
                SendShutdownComplete(verificationTag, reflected: true);
                break;
            case ChunkType.Abort or ChunkType.InitAck or ChunkType.CookieAck or ChunkType.ShutdownComplete or ChunkType.Error:
                break;
            default:
                SendAbort(verificationTag, reflected: true, cause: null, []);
                break;
        }
    }

    /// <summary>Names are made once: a peer can cause many of these.</summary>
    private static string NameOf(ErrorCauseCode code) => Enum.IsDefined(code) ? Enum.GetName(code)! : "unknown cause";
}
