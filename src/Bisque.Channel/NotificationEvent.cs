namespace Bisque.Channel;

/// <summary>What a notification tells, numbered as on the wire. The first four go to the worker, the others come from it.</summary>
public enum NotificationEvent : byte
{
    /// <summary>To the worker: close.</summary>
    WorkerClose,

    /// <summary>To a direct transport: RTCP to inject.</summary>
    TransportSendRtcp,

    /// <summary>To a producer of a direct transport: an RTP packet to inject.</summary>
    ProducerSend,

    /// <summary>To a direct data producer: a message to inject.</summary>
    DataProducerSend,

    /// <summary>The worker is ready; the handler id is the process id.</summary>
    WorkerRunning,

    /// <summary>The SCTP state changed.</summary>
    TransportSctpStateChange,

    /// <summary>SCTP agreed on its streams.</summary>
    TransportSctpNegotiatedCapabilities,

    /// <summary>A trace of a transport.</summary>
    TransportTrace,

    /// <summary>The addresses in use changed.</summary>
    WebRtcTransportIceSelectedTupleChange,

    /// <summary>The ICE state changed.</summary>
    WebRtcTransportIceStateChange,

    /// <summary>The DTLS state changed.</summary>
    WebRtcTransportDtlsStateChange,

    /// <summary>The remote RTP address was learned.</summary>
    PlainTransportTuple,

    /// <summary>The remote RTCP address was learned.</summary>
    PlainTransportRtcpTuple,

    /// <summary>RTCP of a direct transport.</summary>
    DirectTransportRtcp,

    /// <summary>Scores of a producer changed.</summary>
    ProducerScore,

    /// <summary>A trace of a producer.</summary>
    ProducerTrace,

    /// <summary>The video orientation changed.</summary>
    ProducerVideoOrientationChange,

    /// <summary>The producer was paused.</summary>
    ConsumerProducerPause,

    /// <summary>The producer was resumed.</summary>
    ConsumerProducerResume,

    /// <summary>The producer was closed.</summary>
    ConsumerProducerClose,

    /// <summary>The layers sent changed.</summary>
    ConsumerLayersChange,

    /// <summary>An RTP packet of a direct transport's consumer.</summary>
    ConsumerRtp,

    /// <summary>The score changed.</summary>
    ConsumerScore,

    /// <summary>A trace of a consumer.</summary>
    ConsumerTrace,

    /// <summary>The buffered amount fell to its threshold.</summary>
    DataConsumerBufferedAmountLow,

    /// <summary>A message was dropped.</summary>
    DataConsumerSctpSendBufferFull,

    /// <summary>The data producer was paused.</summary>
    DataConsumerDataProducerPause,

    /// <summary>The data producer was resumed.</summary>
    DataConsumerDataProducerResume,

    /// <summary>The data producer was closed.</summary>
    DataConsumerDataProducerClose,

    /// <summary>A message of a direct data consumer.</summary>
    DataConsumerMessage,

    /// <summary>Another producer speaks loudest.</summary>
    ActiveSpeakerObserverDominantSpeaker,

    /// <summary>Nobody speaks.</summary>
    AudioLevelObserverSilence,

    /// <summary>Volumes of the loudest producers.</summary>
    AudioLevelObserverVolumes,
}
