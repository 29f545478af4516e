using Bisque.Channel.Mapping;
using Bisque.Model;
using Body = Bisque.Channel.Wire.NotificationBody;
using Event = Bisque.Channel.Wire.NotificationEvent;

namespace Bisque.Channel.Events;

/// <summary>Reading, for the controller's side.</summary>
internal static partial class EventMessages
{
    /// <summary>Reads an event of a sound frame; a body that does not go with the event rejects it.</summary>
    public static WorkerEvent Read(Wire.Notification notification)
    {
        var id = notification.HandlerId;
        return (notification.Event, notification.BodyType) switch
        {
            (Event.WORKER_RUNNING, _) => new WorkerRunningEvent(id),
            (Event.TRANSPORT_SCTP_STATE_CHANGE, Body.TransportSctpStateChange) =>
                new TransportSctpStateChangeEvent(id, WireMapping.Read(notification.BodyAsTransportSctpStateChange().SctpState)),
            (Event.TRANSPORT_SCTP_NEGOTIATED_CAPABILITIES, Body.TransportSctpNegotiatedCapabilities) =>
                new TransportSctpNegotiatedCapabilitiesEvent(
                    id,
                    notification.BodyAsTransportSctpNegotiatedCapabilities().NegotiatedCapabilities is { } negotiated
                        ? WireMapping.Read(negotiated)
                        : null),
            (Event.TRANSPORT_TRACE, Body.TransportTrace) => ReadTrace(id, notification.BodyAsTransportTrace()),
            (Event.WEBRTCTRANSPORT_ICE_SELECTED_TUPLE_CHANGE, Body.WebRtcTransportIceSelectedTupleChange) =>
                new WebRtcTransportIceSelectedTupleChangeEvent(
                    id,
                    WireMapping.Read(notification.BodyAsWebRtcTransportIceSelectedTupleChange().Tuple!.Value)),
            (Event.WEBRTCTRANSPORT_ICE_STATE_CHANGE, Body.WebRtcTransportIceStateChange) =>
                new WebRtcTransportIceStateChangeEvent(id, WireMapping.Read(notification.BodyAsWebRtcTransportIceStateChange().IceState)),
            (Event.WEBRTCTRANSPORT_DTLS_STATE_CHANGE, Body.WebRtcTransportDtlsStateChange) =>
                ReadDtlsState(id, notification.BodyAsWebRtcTransportDtlsStateChange()),
            (Event.PLAINTRANSPORT_TUPLE, Body.PlainTransportTuple) =>
                new PlainTransportTupleEvent(id, WireMapping.Read(notification.BodyAsPlainTransportTuple().Tuple!.Value)),
            (Event.PLAINTRANSPORT_RTCP_TUPLE, Body.PlainTransportRtcpTuple) =>
                new PlainTransportRtcpTupleEvent(id, WireMapping.Read(notification.BodyAsPlainTransportRtcpTuple().Tuple!.Value)),
            (Event.DIRECTTRANSPORT_RTCP, Body.DirectTransportRtcp) =>
                new DirectTransportRtcpEvent(id, notification.BodyAsDirectTransportRtcp().GetDataArray()),
            (Event.PRODUCER_SCORE, Body.ProducerScores) => ReadScores(id, notification.BodyAsProducerScores()),
            (Event.PRODUCER_TRACE, Body.ProducerTrace) => ReadTrace(id, notification.BodyAsProducerTrace()),
            (Event.PRODUCER_VIDEO_ORIENTATION_CHANGE, Body.ProducerVideoOrientationChange) =>
                ReadOrientation(id, notification.BodyAsProducerVideoOrientationChange()),
            (Event.CONSUMER_PRODUCER_PAUSE, _) => new ConsumerProducerPauseEvent(id),
            (Event.CONSUMER_PRODUCER_RESUME, _) => new ConsumerProducerResumeEvent(id),
            (Event.CONSUMER_PRODUCER_CLOSE, _) => new ConsumerProducerCloseEvent(id),
            (Event.CONSUMER_LAYERS_CHANGE, Body.ConsumerLayersChange) =>
                new ConsumerLayersChangeEvent(
                    id,
                    notification.BodyAsConsumerLayersChange().Layers is { } layers ? WireMapping.Read(layers) : null),
            (Event.CONSUMER_RTP, Body.ConsumerRtp) => new ConsumerRtpEvent(id, notification.BodyAsConsumerRtp().GetDataArray()),
            (Event.CONSUMER_SCORE, Body.ConsumerScoreChange) =>
                new ConsumerScoreEvent(id, WireMapping.Read(notification.BodyAsConsumerScoreChange().Score!.Value)),
            (Event.CONSUMER_TRACE, Body.ConsumerTrace) => ReadTrace(id, notification.BodyAsConsumerTrace()),
            (Event.DATACONSUMER_BUFFERED_AMOUNT_LOW, Body.DataConsumerBufferedAmountLow) =>
                new DataConsumerBufferedAmountLowEvent(id, notification.BodyAsDataConsumerBufferedAmountLow().BufferedAmount),
            (Event.DATACONSUMER_SCTP_SENDBUFFER_FULL, _) => new DataConsumerSctpSendBufferFullEvent(id),
            (Event.DATACONSUMER_DATAPRODUCER_PAUSE, _) => new DataConsumerDataProducerPauseEvent(id),
            (Event.DATACONSUMER_DATAPRODUCER_RESUME, _) => new DataConsumerDataProducerResumeEvent(id),
            (Event.DATACONSUMER_DATAPRODUCER_CLOSE, _) => new DataConsumerDataProducerCloseEvent(id),
            (Event.DATACONSUMER_MESSAGE, Body.DataConsumerMessage) => ReadMessage(id, notification.BodyAsDataConsumerMessage()),
            (Event.ACTIVESPEAKEROBSERVER_DOMINANT_SPEAKER, Body.ActiveSpeakerObserverDominantSpeaker) =>
                new ActiveSpeakerObserverDominantSpeakerEvent(id, notification.BodyAsActiveSpeakerObserverDominantSpeaker().ProducerId),
            (Event.AUDIOLEVELOBSERVER_SILENCE, _) => new AudioLevelObserverSilenceEvent(id),
            (Event.AUDIOLEVELOBSERVER_VOLUMES, Body.AudioLevelObserverVolumes) =>
                ReadVolumes(id, notification.BodyAsAudioLevelObserverVolumes()),
            var (kind, body) => throw RequestException.Error($"event {(byte)kind} with body {(byte)body} is not one of a worker"),
        };
    }

    private static TransportTraceEvent ReadTrace(string id, Wire.TransportTrace trace) =>
        new(id, WireMapping.Read(trace.Type), trace.Timestamp, WireMapping.Read(trace.Direction), WireMapping.ReadInfo(trace));

    private static ProducerTraceEvent ReadTrace(string id, Wire.ProducerTrace trace) =>
        new(id, WireMapping.Read(trace.Type), trace.Timestamp, WireMapping.Read(trace.Direction), WireMapping.ReadInfo(trace));

    private static ConsumerTraceEvent ReadTrace(string id, Wire.ConsumerTrace trace) =>
        new(id, WireMapping.Read(trace.Type), trace.Timestamp, WireMapping.Read(trace.Direction), WireMapping.ReadInfo(trace));

    private static WebRtcTransportDtlsStateChangeEvent ReadDtlsState(string id, Wire.WebRtcTransportDtlsStateChange change) =>
        new(id, WireMapping.Read(change.DtlsState), change.RemoteCert);

    private static ProducerScoreEvent ReadScores(string id, Wire.ProducerScores scores) =>
        new(id, WireMapping.ReadList(scores, scores.ScoresLength, static (t, i) => WireMapping.Read(t.Scores(i)!.Value)));

    private static ProducerVideoOrientationChangeEvent ReadOrientation(string id, Wire.ProducerVideoOrientationChange change) =>
        new(id, change.Camera, change.Flip, change.Rotation);

    private static DataConsumerMessageEvent ReadMessage(string id, Wire.DataConsumerMessage message) =>
        new(id, message.Ppid, message.GetDataArray());

    private static AudioLevelObserverVolumesEvent ReadVolumes(string id, Wire.AudioLevelObserverVolumes volumes) =>
        new(id, WireMapping.ReadList(volumes, volumes.VolumesLength, static (t, i) => WireMapping.Read(t.Volumes(i)!.Value)));
}
