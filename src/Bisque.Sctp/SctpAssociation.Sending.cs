using Bisque.Primitives;
using Bisque.Sctp.Association;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp;

/// <summary>When packets are made, what goes in them together (RFC 9260 section 6.10), and what time brings.</summary>
public sealed partial class SctpAssociation
{
    /// <summary>Does what is due at <paramref name="now"/>.</summary>
    public void OnDeadline(MonotonicTime now)
    {
        Enter(now);
        OnT1();
        OnT2();
        if (_tcb is { } tcb)
        {
            OnTcbDeadline(tcb);
        }

        Leave();
    }

    private void OnT1()
    {
        if (_now < _t1.Deadline)
        {
            return;
        }

        if (!_t1.TryRestart(_now))
        {
            End(SctpErrorKind.TooManyRetries, _state == AssociationState.CookieWait ? "no INIT-ACK" : "no COOKIE-ACK");
        }
        else if (_state == AssociationState.CookieWait)
        {
            SendInit();
        }
        else
        {
            SendCookieEcho();
        }
    }

    private void OnT2()
    {
        if (_now < _t2.Deadline || _tcb is not { } tcb)
        {
            return;
        }

        if (!_t2.TryRestart(_now))
        {
            GiveUp(SctpErrorKind.TooManyRetries, "the peer does not take part in the shutdown", tcb.PeerTag, ErrorCauseCode.ProtocolViolation);
        }
        else if (_state == AssociationState.ShutdownSent)
        {
            AddShutdown(tcb);
        }
        else
        {
            SendShutdownAck();
        }
    }

    private void OnTcbDeadline(TransmissionControlBlock tcb)
    {
        tcb.Tracker.OnDeadline(_now);
        var unanswered = tcb.Outgoing.OnDeadline(_now) ? 1 : 0;
        unanswered += tcb.OutgoingReset.TakeOverdue(_now) ? 1 : 0;
        unanswered += tcb.Heartbeat.TakeOverdue(_now) ? 1 : 0;
        for (; unanswered > 0; unanswered--)
        {
            if (!tcb.Errors.Increment())
            {
                GiveUp(SctpErrorKind.TooManyRetries, "the peer does not answer", tcb.PeerTag, ErrorCauseCode.ProtocolViolation);
                return;
            }
        }

        // Only an idle association asks: otherwise data does (RFC 9260 section 8.3).
        if (_state == AssociationState.Established)
        {
            var room = Room(HeartbeatHandler.ChunkLength);
            _packet.Advance(tcb.Heartbeat.WriteDue(room, _now, tcb.Rto.Value));
        }
        else
        {
            tcb.Heartbeat.Stop();
        }
    }

    /// <summary>Sends all that may be sent now.</summary>
    private void Flush()
    {
        if (_tcb is not { } tcb)
        {
            return;
        }

        AddDueSack(tcb);
        var maySendData = _state is AssociationState.Established or AssociationState.ShutdownPending or AssociationState.ShutdownReceived;
        if (maySendData)
        {
            SendData(tcb);
            if (_tcb == tcb)
            {
                AdvanceShutdown(tcb);
            }
        }

        Emit();
    }

    private void SendData(TransmissionControlBlock tcb)
    {
        var sentData = false;
        tcb.Outgoing.StartBurst();
        while (true)
        {
            if (tcb.Capabilities.StreamReset)
            {
                _packet.Advance(tcb.OutgoingReset.WriteDue(_packet.Room, tcb.IncomingReset.LastRequestSequence, _now, tcb.Rto.Value));
            }

            _packet.Advance(tcb.Outgoing.WriteForwardTsn(_packet.Room, _now));
            var written = tcb.Outgoing.WriteChunks(_packet.Room, _now);
            if (_tcb != tcb)
            {
                // The owner ended the association when it was told of the space in the buffer.
                return;
            }

            _packet.Advance(written);
            sentData |= written > 0;
            if (_packet.IsEmpty)
            {
                break;
            }

            Emit();
        }

        if (sentData)
        {
            tcb.Heartbeat.Restart(_now, tcb.Rto.Value);
        }
    }

    private void AddDueSack(TransmissionControlBlock tcb)
    {
        if (!tcb.Tracker.IsSackDue)
        {
            return;
        }

        var written = tcb.Tracker.WriteSack(_packet.Room, tcb.Reassembly.Window);
        if (written == 0)
        {
            Emit();
            written = tcb.Tracker.WriteSack(_packet.Room, tcb.Reassembly.Window);
        }

        _packet.Advance(written);
    }

    /// <summary>Room for a control chunk, after sending what is in the packet if it needs that; empty when it would never fit.</summary>
    private Span<byte> Room(int length)
    {
        if (_packet.Room.Length < length)
        {
            Emit();
        }

        var room = _packet.Room;
        return room.Length < length ? default : room;
    }

    /// <summary>Reports an error to the peer. A report longer than the rest of this packet is cut, and left out when not even that helps.</summary>
    private void TryAddError(ErrorCauseCode code, ReadOnlySpan<byte> information)
    {
        const int EnoughToTell = 64;
        var shown = information[..Math.Min(information.Length, EnoughToTell)];
        if (_packet.Room.Length >= ErrorCause.ChunkLength(shown.Length))
        {
            _packet.Advance(ErrorCause.WriteChunk(_packet.Room, ChunkType.Error, flags: 0, code, shown));
        }
    }

    private void Emit()
    {
        if (_packet.IsEmpty)
        {
            return;
        }

        if (_tcb is { } tcb)
        {
            EmitTo(tcb.PeerTag, tcb.Capabilities.ZeroChecksum && _state != AssociationState.CookieEchoed);
        }
        else
        {
            _packet.Clear();
        }
    }

    private void EmitTo(uint verificationTag, bool zeroChecksum)
    {
        _counters.PacketsSent++;
        _events.SendPacket(_packet.Finish(_options.LocalPort, _options.RemotePort, verificationTag, zeroChecksum));
    }
}
