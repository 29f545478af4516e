using Bisque.Model;

namespace Bisque.Engine;

public abstract partial class Transport
{
    private protected TransportDump DumpBase() => new()
    {
        Id = Id,
        Direct = _options.Direct,
        ProducerIds = [.. _producers.Keys],
        ConsumerIds = [.. _consumers.Keys],
        MapSsrcConsumerId = [.. _consumersBySsrc.Select(entry => KeyValuePair.Create(entry.Key.Value, entry.Value.Id))],
        MapRtxSsrcConsumerId = [.. _consumersByRtxSsrc.Select(entry => KeyValuePair.Create(entry.Key.Value, entry.Value.Id))],
        DataProducerIds = [.. _dataProducers.Keys],
        DataConsumerIds = [.. _dataConsumers.Keys],
        ReceiveRtpHeaderExtensions = ExtensionIds.Dump(),
        RtpListener = _listener.Dump(),
        MaxSendMessageSize = _options.MaxSendMessageSize,
        MaxReceiveMessageSize = _options.MaxReceiveMessageSize,
        SctpParameters = _sctp?.Parameters,
        SctpState = _sctp?.State,
        SctpNegotiatedCapabilities = _sctp?.NegotiatedCapabilities,
        SctpListener = _sctp is null ? null : _sctpListener.Dump(),
        TraceEventTypes = _traceEventTypes,
    };

    private protected TransportStats GetBaseStats()
    {
        var now = Context.Now;
        return new TransportStats
        {
            TransportId = Id,
            Timestamp = (ulong)now.Milliseconds,
            SctpState = _sctp?.State,
            BytesReceived = Counters.Received.TotalBytes,
            ReceiveBitrate = Counters.Received.GetRate(now),
            BytesSent = Counters.Sent.TotalBytes,
            SendBitrate = Counters.Sent.GetRate(now),
            RtpBytesReceived = Counters.RtpReceived.ByteCount,
            RtpReceiveBitrate = Counters.RtpReceived.GetBitrate(now),
            RtpBytesSent = Counters.RtpSent.ByteCount,
            RtpSendBitrate = Counters.RtpSent.GetBitrate(now),
            RtxBytesReceived = Counters.RtxReceived.ByteCount,
            RtxReceiveBitrate = Counters.RtxReceived.GetBitrate(now),
            RtxBytesSent = Counters.RtxSent.ByteCount,
            RtxSendBitrate = Counters.RtxSent.GetBitrate(now),
            AvailableIncomingBitrate = Congestion.AvailableIncomingBitrate,
            MaxIncomingBitrate = OrNull(Bitrates.MaxIncoming),
            MaxOutgoingBitrate = OrNull(Bitrates.MaxOutgoing),
            MinOutgoingBitrate = OrNull(Bitrates.MinOutgoing),
            RtpPacketLossReceived = Congestion.PacketLoss,
        };
    }

    private static ulong? OrNull(ulong bitrate) => bitrate == 0 ? null : bitrate;
}
