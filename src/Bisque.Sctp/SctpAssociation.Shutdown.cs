using Bisque.Primitives;
using Bisque.Sctp.Association;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp;

/// <summary>How an association ends: SHUTDOWN, ABORT, or a peer that does not answer (RFC 9260 section 9).</summary>
public sealed partial class SctpAssociation
{
    private int _staleCookies;

    /// <summary>
    /// Ends the association once all that is queued has arrived (RFC 9260 section 9.2). During the handshake, and before it, it ends at once.
    /// </summary>
    public void Shutdown(MonotonicTime now)
    {
        Enter(now);
        switch (_state)
        {
            case AssociationState.Established:
                MoveTo(AssociationState.ShutdownPending);
                break;
            case AssociationState.New or AssociationState.CookieWait or AssociationState.CookieEchoed:
                AbortNow();
                break;
        }

        Leave();
    }

    /// <summary>Ends the association now, and tells the peer (RFC 9260 section 9.1).</summary>
    public void Abort(MonotonicTime now)
    {
        Enter(now);
        AbortNow();
        Leave();
    }

    private void AbortNow()
    {
        if (IsOver)
        {
            return;
        }

        if (_tcb is { } tcb)
        {
            SendAbort(tcb.PeerTag, reflected: false, ErrorCauseCode.UserInitiatedAbort, []);
        }

        End(kind: null, "");
    }

    /// <summary>The peer broke the rules, or is out of reach: it is told, and the association ends.</summary>
    private void GiveUp(SctpErrorKind kind, string description, uint peerTag, ErrorCauseCode cause)
    {
        SendAbort(peerTag, reflected: false, cause, []);
        End(kind, description);
    }

    private void End(SctpErrorKind? kind, string description)
    {
        var connected = _state is not (AssociationState.New or AssociationState.CookieWait or AssociationState.CookieEchoed);
        var asked = kind is null;
        _t1.Stop();
        _t2.Stop();
        _packet.Clear();
        if (_tcb is { } tcb)
        {
            _retransmissionsBefore += tcb.Outgoing.Retransmissions;
            _tcb = null;
            tcb.Outgoing.GiveUp();
        }

        _cookie = [];
        _initErrors = [];

        // Before anything is told: the owner may ask for the state, or try to send.
        _state = connected || asked ? AssociationState.Closed : AssociationState.Failed;
        _sendQueue.Close();
        if (kind is { } reason)
        {
            _events.Error(reason, description);
        }

        _events.StateChanged(State);
    }

    private void HandleAbort(in Chunk chunk)
    {
        var causes = chunk.Value;
        End(SctpErrorKind.PeerAborted, ErrorCause.TryRead(ref causes, out var cause) ? NameOf(cause.Code) : "no cause given");
    }

    private void HandleShutdown(TransmissionControlBlock tcb, in Chunk chunk)
    {
        if (!ShutdownChunk.TryParse(chunk, out var cumulativeTsn))
        {
            _counters.ChunksDropped++;
            return;
        }

        if (_state is AssociationState.CookieEchoed or AssociationState.ShutdownAckSent)
        {
            return;
        }

        // It acknowledges like a SACK without gaps; the window stays as it was.
        Span<byte> bytes = stackalloc byte[SackChunk.LengthOf(0, 0)];
        SackChunk.Write(bytes, cumulativeTsn, tcb.PeerWindow, [], []);
        ReadOnlySpan<byte> rest = bytes;
        if (Chunk.TryRead(ref rest, out var acknowledgement) && SackChunk.TryParse(acknowledgement, out var sack))
        {
            HandleSack(tcb, sack);
        }

        switch (_state)
        {
            case AssociationState.Established or AssociationState.ShutdownPending:
                MoveTo(AssociationState.ShutdownReceived);
                break;
            case AssociationState.ShutdownSent:
                _t2.Start(_now);
                _state = AssociationState.ShutdownAckSent;
                SendShutdownAck();
                break;
        }
    }

    private void HandleShutdownAck()
    {
        if (_state is AssociationState.ShutdownSent or AssociationState.ShutdownAckSent)
        {
            Emit();
            SendShutdownComplete(_tcb!.PeerTag, reflected: false);
            End(kind: null, "");
        }
    }

    private void HandleShutdownComplete()
    {
        if (_state == AssociationState.ShutdownAckSent)
        {
            End(kind: null, "");
        }
    }

    /// <summary>Goes on with a shutdown when all that was sent has been acknowledged.</summary>
    private void AdvanceShutdown(TransmissionControlBlock tcb)
    {
        if (_state is not (AssociationState.ShutdownPending or AssociationState.ShutdownReceived) || !tcb.Outgoing.IsEmpty)
        {
            return;
        }

        _t2.Start(_now);
        if (_state == AssociationState.ShutdownPending)
        {
            _state = AssociationState.ShutdownSent;
            AddShutdown(tcb);
        }
        else
        {
            _state = AssociationState.ShutdownAckSent;
            SendShutdownAck();
        }
    }

    private void AddShutdown(TransmissionControlBlock tcb)
    {
        var room = Room(ShutdownChunk.Length);
        _packet.Advance(ShutdownChunk.Write(room, tcb.Tracker.CumulativeTsn));
    }

    private void SendShutdownAck()
    {
        Chunk.WriteHeader(Room(Chunk.HeaderLength), ChunkType.ShutdownAck, flags: 0, Chunk.HeaderLength);
        _packet.Advance(Chunk.HeaderLength);
    }

    private void SendShutdownComplete(uint tag, bool reflected)
    {
        _packet.Clear();
        Chunk.WriteHeader(_packet.Room, ChunkType.ShutdownComplete, reflected ? ReflectedTagFlag : (byte)0, Chunk.HeaderLength);
        _packet.Advance(Chunk.HeaderLength);
        EmitTo(tag, zeroChecksum: false);
    }

    private void SendAbort(uint tag, bool reflected, ErrorCauseCode? cause, ReadOnlySpan<byte> information)
    {
        _packet.Clear();
        var flags = reflected ? ReflectedTagFlag : (byte)0;
        if (cause is { } code)
        {
            _packet.Advance(ErrorCause.WriteChunk(_packet.Room, ChunkType.Abort, flags, code, information));
        }
        else
        {
            Chunk.WriteHeader(_packet.Room, ChunkType.Abort, flags, Chunk.HeaderLength);
            _packet.Advance(Chunk.HeaderLength);
        }

        EmitTo(tag, zeroChecksum: false);
    }
}
