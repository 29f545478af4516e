using System.Buffers.Binary;
using Bisque.Sctp.Association;
using Bisque.Sctp.Packets;
using Bisque.Sctp.Receive;
using Bisque.Sctp.Send;

namespace Bisque.Sctp;

/// <summary>Chunks that carry messages and what belongs to them: DATA, SACK, FORWARD-TSN, RE-CONFIG.</summary>
public sealed partial class SctpAssociation : IMessageSink
{
    private long _retransmissionsBefore;

    /// <inheritdoc/>
    void IMessageSink.Message(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message)
    {
        // The owner may have ended the association at the message before.
        if (!IsOver)
        {
            _counters.MessagesReceived++;
            _events.Message(streamId, ppid, message);
        }
    }

    /// <inheritdoc/>
    void IMessageSink.MessageTooLarge(ushort streamId) => _counters.MessagesTooLarge++;

    private bool HandleData(TransmissionControlBlock tcb, in Chunk chunk)
    {
        if (_state is AssociationState.ShutdownReceived or AssociationState.ShutdownAckSent)
        {
            // The peer said that it had nothing more to send.
            _counters.ChunksDropped++;
            return true;
        }

        if ((chunk.Type == ChunkType.IData) != tcb.Capabilities.MessageInterleaving)
        {
            if (chunk.Type == ChunkType.IData && !_options.MessageInterleaving)
            {
                return HandleUnknown(chunk);
            }

            GiveUp(SctpErrorKind.ProtocolViolation, "data chunks of the kind that was not negotiated", tcb.PeerTag, ErrorCauseCode.ProtocolViolation);
            return false;
        }

        if (!DataChunk.TryParse(chunk, out var data))
        {
            _counters.ChunksDropped++;
            return false;
        }

        if (data.Payload.IsEmpty)
        {
            Span<byte> tsn = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(tsn, data.Tsn.Value);
            TryAddError(ErrorCauseCode.NoUserData, tsn);
            _counters.ChunksDropped++;
            return true;
        }

        var tracker = tcb.Tracker;
        if (!tracker.IsInWindow(data.Tsn))
        {
            _counters.ChunksDropped++;
            return true;
        }

        _packetHasData = true;
        if (tcb.Reassembly.IsAboveWatermark && !tracker.WillAdvanceCumulative(data.Tsn) && data.Tsn.IsNewerThan(tracker.CumulativeTsn))
        {
            tracker.RequestSack();
            _counters.ChunksDropped++;
            return true;
        }

        if (tcb.Reassembly.IsFull && tracker.WillAdvanceCumulative(data.Tsn))
        {
            GiveUp(SctpErrorKind.ResourceExhaustion, "no room for the chunk that must come next", tcb.PeerTag, ErrorCauseCode.OutOfResource);
            return false;
        }

        if (!tracker.Observe(data.Tsn, data.IsImmediate))
        {
            return true;
        }

        if (data.StreamId >= tcb.Capabilities.IncomingStreams)
        {
            // Acknowledged and not delivered (RFC 9260 section 6.5).
            Span<byte> stream = stackalloc byte[4];
            BinaryPrimitives.WriteUInt16BigEndian(stream, data.StreamId);
            stream[2..].Clear();
            TryAddError(ErrorCauseCode.InvalidStreamIdentifier, stream);
            _counters.ChunksDropped++;
            return true;
        }

        tcb.Reassembly.Add(data);
        return true;
    }

    /// <summary>What follows the last chunk of a packet.</summary>
    private void FinishData()
    {
        if (_tcb is not { } tcb)
        {
            return;
        }

        if (_packetHasData)
        {
            _packetHasData = false;
            tcb.IncomingReset.OnCumulativeTsn(tcb.Tracker.CumulativeTsn);
            if (_state == AssociationState.ShutdownSent)
            {
                // What the peer still sends is acknowledged by repeating SHUTDOWN (RFC 9260 section 9.2).
                tcb.Tracker.RequestSack();
                AddShutdown(tcb);
                _t2.Start(_now);
            }
        }

        tcb.Tracker.PacketDone(_now, SackDelay(tcb));
    }

    private TimeSpan SackDelay(TransmissionControlBlock tcb)
    {
        var half = tcb.Rto.Value / 2;
        return half < _options.MaxSackDelay ? half : _options.MaxSackDelay;
    }

    private void HandleSack(TransmissionControlBlock tcb, in Chunk chunk)
    {
        if (!SackChunk.TryParse(chunk, out var sack))
        {
            _counters.ChunksDropped++;
            return;
        }

        HandleSack(tcb, sack);
    }

    private void HandleSack(TransmissionControlBlock tcb, in SackChunk sack)
    {
        switch (tcb.Outgoing.HandleSack(sack, _now))
        {
            case SackOutcome.Refused:
                _counters.ChunksDropped++;
                return;
            case SackOutcome.Old:
                return;
            case SackOutcome.Progress:
                tcb.Errors.Clear();
                break;
        }

        tcb.PeerWindow = sack.AdvertisedWindow;
    }

    private bool HandleForwardTsn(TransmissionControlBlock tcb, in Chunk chunk)
    {
        if (!tcb.Capabilities.PartialReliability)
        {
            GiveUp(SctpErrorKind.ProtocolViolation, "FORWARD-TSN was not negotiated", tcb.PeerTag, ErrorCauseCode.ProtocolViolation);
            return false;
        }

        if ((chunk.Type == ChunkType.IForwardTsn) != tcb.Capabilities.MessageInterleaving || !ForwardTsnChunk.TryParse(chunk, out var forward))
        {
            _counters.ChunksDropped++;
            return true;
        }

        _packetHasData = true;
        if (tcb.Tracker.ForwardTo(forward.NewCumulativeTsn))
        {
            tcb.Reassembly.Forward(forward);
        }

        return true;
    }

    private void HandleReConfig(TransmissionControlBlock tcb, in Chunk chunk)
    {
        if (!tcb.Capabilities.StreamReset)
        {
            _counters.ChunksDropped++;
            return;
        }

        // At most two parameters, and only in the pairs that make sense (RFC 6525 section 3.1); more are not looked at.
        var rest = chunk.Value;
        for (var i = 0; i < 2 && !IsOver && Parameter.TryRead(ref rest, out var parameter); i++)
        {
            HandleReConfigParameter(tcb, parameter);
        }
    }

    private void HandleReConfigParameter(TransmissionControlBlock tcb, in Parameter parameter)
    {
        switch (parameter.Type)
        {
            case ParameterType.OutgoingSsnResetRequest when OutgoingSsnResetRequest.TryParse(parameter, out var request):
                AnswerReConfig(request.RequestSequence, tcb.IncomingReset.Handle(request, tcb.Tracker.CumulativeTsn));
                break;
            case ParameterType.IncomingSsnResetRequest when parameter.Value.Length >= 4:
                AnswerReConfig(tcb, parameter, ReConfigResult.NothingToDo);
                break;
            case ParameterType.SsnTsnResetRequest or ParameterType.AddOutgoingStreamsRequest or ParameterType.AddIncomingStreamsRequest
                when parameter.Value.Length >= 4:
                AnswerReConfig(tcb, parameter, ReConfigResult.Denied);
                break;
            case ParameterType.ReConfigurationResponse when ReConfigResponse.TryParse(parameter, out var response):
                if (tcb.OutgoingReset.Handle(response, _now, tcb.Rto.Value))
                {
                    tcb.Errors.Clear();
                }

                break;
            default:
                _counters.ChunksDropped++;
                break;
        }
    }

    private void AnswerReConfig(TransmissionControlBlock tcb, in Parameter parameter, ReConfigResult result)
    {
        var sequence = BinaryPrimitives.ReadUInt32BigEndian(parameter.Value);
        AnswerReConfig(sequence, tcb.IncomingReset.Handle(sequence, result));
    }

    private void AnswerReConfig(uint requestSequence, ReConfigResult result)
    {
        var length = Chunk.HeaderLength + ReConfigResponse.ParameterLength;
        var room = Room(length);
        if (!room.IsEmpty)
        {
            Chunk.WriteHeader(room, ChunkType.ReConfig, flags: 0, length);
            new ReConfigResponse(requestSequence, result).WriteParameter(room[Chunk.HeaderLength..]);
            _packet.Advance(length);
        }
    }
}
