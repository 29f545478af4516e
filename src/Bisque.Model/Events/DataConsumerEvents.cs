namespace Bisque.Model;

/// <summary>What a data consumer has waiting fell to its threshold.</summary>
public sealed record DataConsumerBufferedAmountLowEvent(string HandlerId, uint BufferedAmount) : WorkerEvent(HandlerId);

/// <summary>A message of a data consumer was dropped because the SCTP send buffer is full.</summary>
public sealed record DataConsumerSctpSendBufferFullEvent(string HandlerId) : WorkerEvent(HandlerId);

/// <summary>A data consumer's data producer was paused.</summary>
public sealed record DataConsumerDataProducerPauseEvent(string HandlerId) : WorkerEvent(HandlerId);

/// <summary>A data consumer's data producer was resumed.</summary>
public sealed record DataConsumerDataProducerResumeEvent(string HandlerId) : WorkerEvent(HandlerId);

/// <summary>A data consumer's data producer was closed, and the data consumer with it.</summary>
public sealed record DataConsumerDataProducerCloseEvent(string HandlerId) : WorkerEvent(HandlerId);

/// <summary>A message that a direct data consumer sends to the controller.</summary>
public sealed record DataConsumerMessageEvent(string HandlerId, uint Ppid, ReadOnlyMemory<byte> Data) : WorkerEvent(HandlerId);
