using Bisque.Channel.Mapping;
using Bisque.Model;
using Google.FlatBuffers;
using Body = Bisque.Channel.Wire.NotificationBody;
using Event = Bisque.Channel.Wire.NotificationEvent;

namespace Bisque.Channel.Events;

/// <summary>Events of the worker on the wire.</summary>
internal static partial class EventMessages
{
    /// <summary>Writes an event.</summary>
    public static int Write(FlatBufferBuilder builder, WorkerEvent workerEvent) => workerEvent switch
    {
        ConsumerRtpEvent e => WriteConsumerRtp(builder, e.HandlerId, e.Data),
        DirectTransportRtcpEvent e => WriteDirectTransportRtcp(builder, e.HandlerId, e.Data),
        DataConsumerMessageEvent e => WriteDataConsumerMessage(builder, e.HandlerId, e.Ppid, e.Data),
        _ => WriteEvent(builder, workerEvent),
    };

    /// <summary>Writes the event of a packet that a direct transport's consumer sends.</summary>
    public static int WriteConsumerRtp(FlatBufferBuilder builder, string consumerId, ReadOnlyMemory<byte> packet)
    {
        var handlerId = builder.CreateString(consumerId);
        var body = Wire.ConsumerRtp.CreateConsumerRtp(builder, WireMapping.WriteBytes(builder, packet)).Value;
        return Wire.Notification.CreateNotification(builder, handlerId, Event.CONSUMER_RTP, Body.ConsumerRtp, body).Value;
    }

    /// <summary>Writes the event of an RTCP packet that a direct transport sends.</summary>
    public static int WriteDirectTransportRtcp(FlatBufferBuilder builder, string transportId, ReadOnlyMemory<byte> packet)
    {
        var handlerId = builder.CreateString(transportId);
        var body = Wire.DirectTransportRtcp.CreateDirectTransportRtcp(builder, WireMapping.WriteBytes(builder, packet)).Value;
        return Wire.Notification.CreateNotification(builder, handlerId, Event.DIRECTTRANSPORT_RTCP, Body.DirectTransportRtcp, body).Value;
    }

    /// <summary>Writes the event of a message that a direct data consumer sends.</summary>
    public static int WriteDataConsumerMessage(FlatBufferBuilder builder, string dataConsumerId, uint ppid, ReadOnlyMemory<byte> message)
    {
        var handlerId = builder.CreateString(dataConsumerId);
        var body = Wire.DataConsumerMessage.CreateDataConsumerMessage(builder, ppid, WireMapping.WriteBytes(builder, message)).Value;
        return Wire.Notification.CreateNotification(builder, handlerId, Event.DATACONSUMER_MESSAGE, Body.DataConsumerMessage, body).Value;
    }

    private static int WriteEvent(FlatBufferBuilder builder, WorkerEvent workerEvent)
    {
        var handlerId = builder.CreateString(workerEvent.HandlerId);
        var (kind, bodyKind, body) = WriteBody(builder, workerEvent);
        return Wire.Notification.CreateNotification(builder, handlerId, kind, bodyKind, body).Value;
    }

    private static (Event Event, Body BodyType, int Body) WriteBody(FlatBufferBuilder builder, WorkerEvent workerEvent) => workerEvent switch
    {
        WorkerRunningEvent => (Event.WORKER_RUNNING, Body.NONE, 0),
        TransportSctpStateChangeEvent e => (
            Event.TRANSPORT_SCTP_STATE_CHANGE,
            Body.TransportSctpStateChange,
            Wire.TransportSctpStateChange.CreateTransportSctpStateChange(builder, (Wire.SctpState)e.SctpState).Value),
        TransportSctpNegotiatedCapabilitiesEvent e => (
            Event.TRANSPORT_SCTP_NEGOTIATED_CAPABILITIES,
            Body.TransportSctpNegotiatedCapabilities,
            Wire.TransportSctpNegotiatedCapabilities.CreateTransportSctpNegotiatedCapabilities(
                builder,
                e.NegotiatedCapabilities is null ? default : WireMapping.Write(builder, e.NegotiatedCapabilities)).Value),
        TransportTraceEvent e => (Event.TRANSPORT_TRACE, Body.TransportTrace, WriteTrace(builder, e)),
        WebRtcTransportIceSelectedTupleChangeEvent e => (
            Event.WEBRTCTRANSPORT_ICE_SELECTED_TUPLE_CHANGE,
            Body.WebRtcTransportIceSelectedTupleChange,
            Wire.WebRtcTransportIceSelectedTupleChange.CreateWebRtcTransportIceSelectedTupleChange(
                builder,
                WireMapping.Write(builder, e.Tuple)).Value),
        WebRtcTransportIceStateChangeEvent e => (
            Event.WEBRTCTRANSPORT_ICE_STATE_CHANGE,
            Body.WebRtcTransportIceStateChange,
            Wire.WebRtcTransportIceStateChange.CreateWebRtcTransportIceStateChange(builder, (Wire.IceState)e.IceState).Value),
        WebRtcTransportDtlsStateChangeEvent e => (
            Event.WEBRTCTRANSPORT_DTLS_STATE_CHANGE,
            Body.WebRtcTransportDtlsStateChange,
            Wire.WebRtcTransportDtlsStateChange.CreateWebRtcTransportDtlsStateChange(
                builder,
                (Wire.DtlsState)e.DtlsState,
                builder.CreateString(e.RemoteCertificate)).Value),
        PlainTransportTupleEvent e => (
            Event.PLAINTRANSPORT_TUPLE,
            Body.PlainTransportTuple,
            Wire.PlainTransportTuple.CreatePlainTransportTuple(builder, WireMapping.Write(builder, e.Tuple)).Value),
        PlainTransportRtcpTupleEvent e => (
            Event.PLAINTRANSPORT_RTCP_TUPLE,
            Body.PlainTransportRtcpTuple,
            Wire.PlainTransportRtcpTuple.CreatePlainTransportRtcpTuple(builder, WireMapping.Write(builder, e.Tuple)).Value),
        ProducerScoreEvent e => (
            Event.PRODUCER_SCORE,
            Body.ProducerScores,
            Wire.ProducerScores.CreateProducerScores(builder, WireMapping.WriteTables(builder, e.Scores, WireMapping.Write)).Value),
        ProducerTraceEvent e => (Event.PRODUCER_TRACE, Body.ProducerTrace, WriteTrace(builder, e)),
        ProducerVideoOrientationChangeEvent e => (
            Event.PRODUCER_VIDEO_ORIENTATION_CHANGE,
            Body.ProducerVideoOrientationChange,
            Wire.ProducerVideoOrientationChange.CreateProducerVideoOrientationChange(builder, e.Camera, e.Flip, e.Rotation).Value),
        ConsumerProducerPauseEvent => (Event.CONSUMER_PRODUCER_PAUSE, Body.NONE, 0),
        ConsumerProducerResumeEvent => (Event.CONSUMER_PRODUCER_RESUME, Body.NONE, 0),
        ConsumerProducerCloseEvent => (Event.CONSUMER_PRODUCER_CLOSE, Body.NONE, 0),
        ConsumerLayersChangeEvent e => (
            Event.CONSUMER_LAYERS_CHANGE,
            Body.ConsumerLayersChange,
            Wire.ConsumerLayersChange.CreateConsumerLayersChange(
                builder,
                e.Layers is null ? default : WireMapping.Write(builder, e.Layers)).Value),
        ConsumerScoreEvent e => (
            Event.CONSUMER_SCORE,
            Body.ConsumerScoreChange,
            Wire.ConsumerScoreChange.CreateConsumerScoreChange(builder, WireMapping.Write(builder, e.Score)).Value),
        ConsumerTraceEvent e => (Event.CONSUMER_TRACE, Body.ConsumerTrace, WriteTrace(builder, e)),
        DataConsumerBufferedAmountLowEvent e => (
            Event.DATACONSUMER_BUFFERED_AMOUNT_LOW,
            Body.DataConsumerBufferedAmountLow,
            Wire.DataConsumerBufferedAmountLow.CreateDataConsumerBufferedAmountLow(builder, e.BufferedAmount).Value),
        DataConsumerSctpSendBufferFullEvent => (Event.DATACONSUMER_SCTP_SENDBUFFER_FULL, Body.NONE, 0),
        DataConsumerDataProducerPauseEvent => (Event.DATACONSUMER_DATAPRODUCER_PAUSE, Body.NONE, 0),
        DataConsumerDataProducerResumeEvent => (Event.DATACONSUMER_DATAPRODUCER_RESUME, Body.NONE, 0),
        DataConsumerDataProducerCloseEvent => (Event.DATACONSUMER_DATAPRODUCER_CLOSE, Body.NONE, 0),
        ActiveSpeakerObserverDominantSpeakerEvent e => (
            Event.ACTIVESPEAKEROBSERVER_DOMINANT_SPEAKER,
            Body.ActiveSpeakerObserverDominantSpeaker,
            Wire.ActiveSpeakerObserverDominantSpeaker.CreateActiveSpeakerObserverDominantSpeaker(
                builder,
                builder.CreateString(e.ProducerId)).Value),
        AudioLevelObserverSilenceEvent => (Event.AUDIOLEVELOBSERVER_SILENCE, Body.NONE, 0),
        AudioLevelObserverVolumesEvent e => (
            Event.AUDIOLEVELOBSERVER_VOLUMES,
            Body.AudioLevelObserverVolumes,
            Wire.AudioLevelObserverVolumes.CreateAudioLevelObserverVolumes(
                builder,
                WireMapping.WriteTables(builder, e.Volumes, WireMapping.Write)).Value),
        _ => throw new ArgumentException($"{workerEvent.GetType().Name} has no place on the wire.", nameof(workerEvent)),
    };

    private static int WriteTrace(FlatBufferBuilder builder, TransportTraceEvent e)
    {
        var (kind, info) = WireMapping.WriteTransportInfo(builder, e.Info);
        return Wire.TransportTrace.CreateTransportTrace(
            builder,
            (Wire.TransportTraceEventType)e.Type,
            e.Timestamp,
            (Wire.TraceDirection)e.Direction,
            kind,
            info).Value;
    }

    private static int WriteTrace(FlatBufferBuilder builder, ProducerTraceEvent e)
    {
        var (kind, info) = WireMapping.WriteProducerInfo(builder, e.Info);
        return Wire.ProducerTrace.CreateProducerTrace(
            builder,
            (Wire.ProducerTraceEventType)e.Type,
            e.Timestamp,
            (Wire.TraceDirection)e.Direction,
            kind,
            info).Value;
    }

    private static int WriteTrace(FlatBufferBuilder builder, ConsumerTraceEvent e)
    {
        var (kind, info) = WireMapping.WriteConsumerInfo(builder, e.Info);
        return Wire.ConsumerTrace.CreateConsumerTrace(
            builder,
            (Wire.ConsumerTraceEventType)e.Type,
            e.Timestamp,
            (Wire.TraceDirection)e.Direction,
            kind,
            info).Value;
    }
}
