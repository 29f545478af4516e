using Bisque.Engine.Data;
using Bisque.Model;

namespace Bisque.Engine.Transports;

/// <summary>A transport's SCTP association: which streams its data consumers send on, and what is known of it.</summary>
internal sealed class SctpLink(TransportOptions options)
{
    private const ushort Port = 5000;

    private readonly Dictionary<ushort, DataConsumer> _consumers = [];
    private readonly Dictionary<ushort, uint> _lowThresholds = [];
    private readonly Dictionary<ushort, uint> _bufferedAmounts = [];

    public SctpState State { get; private set; } = SctpState.New;

    public SctpNegotiatedCapabilities NegotiatedCapabilities { get; private set; } = new();

    public SctpParameters Parameters { get; } = new()
    {
        Port = Port,
        MaxSendMessageSize = options.MaxSendMessageSize,
        MaxReceiveMessageSize = options.MaxReceiveMessageSize,
        SendBufferSize = options.SctpSendBufferSize,
        PerStreamSendQueueLimit = options.SctpPerStreamSendQueueLimit,
        MaxReceiverWindowBufferSize = options.SctpMaxReceiverWindowBufferSize,
        IsDataChannel = options.IsDataChannel,
    };

    /// <summary>Whether messages are taken.</summary>
    public bool TakesMessages => State == SctpState.Connected;

    /// <exception cref="RequestException">Error: another data consumer sends on the stream.</exception>
    public void CheckFree(DataConsumer consumer)
    {
        if (consumer.StreamId is { } streamId && _consumers.ContainsKey(streamId))
        {
            throw RequestException.Error($"a DataConsumer with same SCTP streamId {streamId} already exists");
        }
    }

    /// <summary>A data consumer sends on its stream from now on.</summary>
    public void Add(DataConsumer consumer)
    {
        if (consumer.StreamId is { } streamId)
        {
            _consumers.Add(streamId, consumer);
        }
    }

    public void Remove(DataConsumer consumer)
    {
        if (consumer.StreamId is { } streamId && _consumers.GetValueOrDefault(streamId) == consumer)
        {
            _consumers.Remove(streamId);
            _lowThresholds.Remove(streamId);
        }
    }

    /// <summary>Messages that could not be sent.</summary>
    public long MessagesDropped { get; private set; }

    /// <summary>Sends a message on a stream, read before this returns. There is no association yet that could take it.</summary>
    public DataSendStatus Send(SctpStreamParameters stream, uint ppid, ReadOnlySpan<byte> message)
    {
        MessagesDropped++;
        return DataSendStatus.Failed;
    }

    /// <summary>Bytes that wait on a stream.</summary>
    public uint GetBufferedAmount(ushort streamId) => _bufferedAmounts.GetValueOrDefault(streamId);

    public uint GetBufferedAmountLowThreshold(ushort streamId) =>
        _lowThresholds.GetValueOrDefault(streamId, options.SctpDefaultStreamBufferedAmountLowThreshold);

    public void SetBufferedAmountLowThreshold(ushort streamId, uint threshold) => _lowThresholds[streamId] = threshold;
}
