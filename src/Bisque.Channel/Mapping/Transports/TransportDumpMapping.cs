using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static TransportDump Read(Wire.TransportDump table) => new()
    {
        Id = table.Id,
        Direct = table.Direct,
        ProducerIds = ReadList(table, table.ProducerIdsLength, static (t, i) => t.ProducerIds(i)),
        ConsumerIds = ReadList(table, table.ConsumerIdsLength, static (t, i) => t.ConsumerIds(i)),
        MapSsrcConsumerId = ReadList(table, table.MapSsrcConsumerIdLength, static (t, i) => Read(t.MapSsrcConsumerId(i)!.Value)),
        MapRtxSsrcConsumerId = ReadList(table, table.MapRtxSsrcConsumerIdLength, static (t, i) => Read(t.MapRtxSsrcConsumerId(i)!.Value)),
        DataProducerIds = ReadList(table, table.DataProducerIdsLength, static (t, i) => t.DataProducerIds(i)),
        DataConsumerIds = ReadList(table, table.DataConsumerIdsLength, static (t, i) => t.DataConsumerIds(i)),
        ReceiveRtpHeaderExtensions = Read(table.RecvRtpHeaderExtensions!.Value),
        RtpListener = Read(table.RtpListener!.Value),
        MaxSendMessageSize = table.MaxSendMessageSize,
        MaxReceiveMessageSize = table.MaxReceiveMessageSize,
        SctpParameters = table.SctpParameters is { } sctpParameters ? Read(sctpParameters) : null,
        SctpState = table.SctpState is { } sctpState ? Read(sctpState) : null,
        SctpNegotiatedCapabilities = table.SctpNegotiatedCapabilities is { } sctpNegotiatedCapabilities ? Read(sctpNegotiatedCapabilities) : null,
        SctpListener = table.SctpListener is { } sctpListener ? Read(sctpListener) : null,
        TraceEventTypes = ReadList(table, table.TraceEventTypesLength, static (t, i) => Read(t.TraceEventTypes(i))),
    };

    public static Offset<Wire.TransportDump> Write(FlatBufferBuilder builder, TransportDump value) =>
        Wire.TransportDump.CreateTransportDump(
            builder,
            builder.CreateString(value.Id),
            value.Direct,
            WriteStrings(builder, value.ProducerIds),
            WriteStrings(builder, value.ConsumerIds),
            WriteTables(builder, value.MapSsrcConsumerId, Write),
            WriteTables(builder, value.MapRtxSsrcConsumerId, Write),
            WriteStrings(builder, value.DataProducerIds),
            WriteStrings(builder, value.DataConsumerIds),
            Write(builder, value.ReceiveRtpHeaderExtensions),
            Write(builder, value.RtpListener),
            value.MaxSendMessageSize,
            value.MaxReceiveMessageSize,
            value.SctpParameters is null ? default : Write(builder, value.SctpParameters),
            (Wire.SctpState?)value.SctpState,
            value.SctpNegotiatedCapabilities is null ? default : Write(builder, value.SctpNegotiatedCapabilities),
            value.SctpListener is null ? default : Write(builder, value.SctpListener),
            WriteEnums(builder, value.TraceEventTypes, static e => (byte)e));
}
