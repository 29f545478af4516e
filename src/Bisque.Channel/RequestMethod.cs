namespace Bisque.Channel;

/// <summary>What a request asks for, numbered as on the wire. The first word names the owner of the handler id, which is empty for the worker.</summary>
public enum RequestMethod : byte
{
    /// <summary>The worker as it stands.</summary>
    WorkerDump,

    /// <summary>What the process used.</summary>
    WorkerGetResourceUsage,

    /// <summary>Changes what is logged.</summary>
    WorkerUpdateSettings,

    /// <summary>Creates a WebRTC server.</summary>
    WorkerCreateWebRtcServer,

    /// <summary>Creates a router.</summary>
    WorkerCreateRouter,

    /// <summary>Closes a WebRTC server.</summary>
    WorkerWebRtcServerClose,

    /// <summary>Closes a router.</summary>
    WorkerCloseRouter,

    /// <summary>The WebRTC server as it stands.</summary>
    WebRtcServerDump,

    /// <summary>The router as it stands.</summary>
    RouterDump,

    /// <summary>Creates a WebRTC transport on ports of its own.</summary>
    RouterCreateWebRtcTransport,

    /// <summary>Creates a WebRTC transport on a WebRTC server.</summary>
    RouterCreateWebRtcTransportWithServer,

    /// <summary>Creates a plain transport.</summary>
    RouterCreatePlainTransport,

    /// <summary>Creates a pipe transport.</summary>
    RouterCreatePipeTransport,

    /// <summary>Creates a direct transport.</summary>
    RouterCreateDirectTransport,

    /// <summary>Closes a transport.</summary>
    RouterCloseTransport,

    /// <summary>Creates an active speaker observer.</summary>
    RouterCreateActiveSpeakerObserver,

    /// <summary>Creates an audio level observer.</summary>
    RouterCreateAudioLevelObserver,

    /// <summary>Closes an RTP observer.</summary>
    RouterCloseRtpObserver,

    /// <summary>The transport as it stands.</summary>
    TransportDump,

    /// <summary>Statistics of the transport.</summary>
    TransportGetStats,

    /// <summary>Unused in this version.</summary>
    TransportConnect,

    /// <summary>Limits what the remote side may send.</summary>
    TransportSetMaxIncomingBitrate,

    /// <summary>Limits what is sent.</summary>
    TransportSetMaxOutgoingBitrate,

    /// <summary>States the least that is sent.</summary>
    TransportSetMinOutgoingBitrate,

    /// <summary>Makes new ICE credentials.</summary>
    TransportRestartIce,

    /// <summary>Creates a producer.</summary>
    TransportProduce,

    /// <summary>Creates a data producer.</summary>
    TransportProduceData,

    /// <summary>Creates a consumer.</summary>
    TransportConsume,

    /// <summary>Creates a data consumer.</summary>
    TransportConsumeData,

    /// <summary>Replaces the set of traced events.</summary>
    TransportEnableTraceEvent,

    /// <summary>Closes a producer.</summary>
    TransportCloseProducer,

    /// <summary>Closes a consumer.</summary>
    TransportCloseConsumer,

    /// <summary>Closes a data producer.</summary>
    TransportCloseDataProducer,

    /// <summary>Closes a data consumer.</summary>
    TransportCloseDataConsumer,

    /// <summary>Gives the remote address.</summary>
    PlainTransportConnect,

    /// <summary>Gives the remote address.</summary>
    PipeTransportConnect,

    /// <summary>Gives the remote DTLS parameters.</summary>
    WebRtcTransportConnect,

    /// <summary>The producer as it stands.</summary>
    ProducerDump,

    /// <summary>Statistics of the producer.</summary>
    ProducerGetStats,

    /// <summary>Pauses the producer.</summary>
    ProducerPause,

    /// <summary>Resumes the producer.</summary>
    ProducerResume,

    /// <summary>Replaces the set of traced events.</summary>
    ProducerEnableTraceEvent,

    /// <summary>The consumer as it stands.</summary>
    ConsumerDump,

    /// <summary>Statistics of the consumer.</summary>
    ConsumerGetStats,

    /// <summary>Pauses the consumer.</summary>
    ConsumerPause,

    /// <summary>Resumes the consumer.</summary>
    ConsumerResume,

    /// <summary>Chooses the layers.</summary>
    ConsumerSetPreferredLayers,

    /// <summary>Ranks the consumer.</summary>
    ConsumerSetPriority,

    /// <summary>Asks the producer for a key frame.</summary>
    ConsumerRequestKeyFrame,

    /// <summary>Replaces the set of traced events.</summary>
    ConsumerEnableTraceEvent,

    /// <summary>The data producer as it stands.</summary>
    DataProducerDump,

    /// <summary>Statistics of the data producer.</summary>
    DataProducerGetStats,

    /// <summary>Pauses the data producer.</summary>
    DataProducerPause,

    /// <summary>Resumes the data producer.</summary>
    DataProducerResume,

    /// <summary>The data consumer as it stands.</summary>
    DataConsumerDump,

    /// <summary>Statistics of the data consumer.</summary>
    DataConsumerGetStats,

    /// <summary>Pauses the data consumer.</summary>
    DataConsumerPause,

    /// <summary>Resumes the data consumer.</summary>
    DataConsumerResume,

    /// <summary>How much waits to be sent.</summary>
    DataConsumerGetBufferedAmount,

    /// <summary>Sets where the buffered amount counts as low.</summary>
    DataConsumerSetBufferedAmountLowThreshold,

    /// <summary>Sends a message.</summary>
    DataConsumerSend,

    /// <summary>Replaces the set of subchannels.</summary>
    DataConsumerSetSubchannels,

    /// <summary>Adds a subchannel.</summary>
    DataConsumerAddSubchannel,

    /// <summary>Removes a subchannel.</summary>
    DataConsumerRemoveSubchannel,

    /// <summary>Pauses the observer.</summary>
    RtpObserverPause,

    /// <summary>Resumes the observer.</summary>
    RtpObserverResume,

    /// <summary>Adds a producer to the observer.</summary>
    RtpObserverAddProducer,

    /// <summary>Removes a producer from the observer.</summary>
    RtpObserverRemoveProducer,
}
