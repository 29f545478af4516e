using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static SctpParameters Read(Wire.SctpParameters table) => new()
    {
        Port = table.Port,
        MaxSendMessageSize = table.MaxSendMessageSize,
        MaxReceiveMessageSize = table.MaxReceiveMessageSize,
        SendBufferSize = table.SendBufferSize,
        PerStreamSendQueueLimit = table.PerStreamSendQueueLimit,
        MaxReceiverWindowBufferSize = table.MaxReceiverWindowBufferSize,
        IsDataChannel = table.IsDataChannel,
    };

    public static Offset<Wire.SctpParameters> Write(FlatBufferBuilder builder, SctpParameters value) =>
        Wire.SctpParameters.CreateSctpParameters(
            builder,
            value.Port,
            value.MaxSendMessageSize,
            value.MaxReceiveMessageSize,
            value.SendBufferSize,
            value.PerStreamSendQueueLimit,
            value.MaxReceiverWindowBufferSize,
            value.IsDataChannel);

    public static SctpStreamParameters Read(Wire.SctpStreamParameters table) => new()
    {
        StreamId = table.StreamId,
        Ordered = table.Ordered,
        MaxPacketLifeTime = table.MaxPacketLifeTime,
        MaxRetransmits = table.MaxRetransmits,
    };

    public static Offset<Wire.SctpStreamParameters> Write(FlatBufferBuilder builder, SctpStreamParameters value) =>
        Wire.SctpStreamParameters.CreateSctpStreamParameters(
            builder,
            value.StreamId,
            value.Ordered,
            value.MaxPacketLifeTime,
            value.MaxRetransmits);

    public static SctpNegotiatedCapabilities Read(Wire.SctpNegotiatedCapabilities table) => new()
    {
        NegotiatedMaxOutboundStreams = table.NegotiatedMaxOutboundStreams,
        NegotiatedMaxInboundStreams = table.NegotiatedMaxInboundStreams,
    };

    public static Offset<Wire.SctpNegotiatedCapabilities> Write(FlatBufferBuilder builder, SctpNegotiatedCapabilities value) =>
        Wire.SctpNegotiatedCapabilities.CreateSctpNegotiatedCapabilities(
            builder,
            value.NegotiatedMaxOutboundStreams,
            value.NegotiatedMaxInboundStreams);
}
