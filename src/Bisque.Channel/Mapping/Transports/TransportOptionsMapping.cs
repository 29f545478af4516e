using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static TransportOptions Read(Wire.TransportOptions table) => new()
    {
        Direct = table.Direct,
        InitialAvailableOutgoingBitrate = table.InitialAvailableOutgoingBitrate,
        EnableSctp = table.EnableSctp,
        MaxSendMessageSize = table.MaxSendMessageSize,
        MaxReceiveMessageSize = table.MaxReceiveMessageSize,
        SctpSendBufferSize = table.SctpSendBufferSize,
        SctpPerStreamSendQueueLimit = table.SctpPerStreamSendQueueLimit,
        SctpMaxReceiverWindowBufferSize = table.SctpMaxReceiverWindowBufferSize,
        SctpDefaultStreamBufferedAmountLowThreshold = table.SctpDefaultStreamBufferedAmountLowThreshold,
        IsDataChannel = table.IsDataChannel,
    };

    public static Offset<Wire.TransportOptions> Write(FlatBufferBuilder builder, TransportOptions value) =>
        Wire.TransportOptions.CreateTransportOptions(
            builder,
            value.Direct,
            value.InitialAvailableOutgoingBitrate,
            value.EnableSctp,
            value.MaxSendMessageSize,
            value.MaxReceiveMessageSize,
            value.SctpSendBufferSize,
            value.SctpPerStreamSendQueueLimit,
            value.SctpMaxReceiverWindowBufferSize,
            value.SctpDefaultStreamBufferedAmountLowThreshold,
            value.IsDataChannel);
}
