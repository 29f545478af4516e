using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

/// <summary>The dump of a consumer, which the wire spreads over three tables.</summary>
internal static partial class WireMapping
{
    public static ConsumerDump Read(Wire.ConsumerDumpResponse response)
    {
        var table = response.Data!.Value;
        var consumer = table.Base!.Value;
        return new ConsumerDump
        {
            Id = consumer.Id,
            Type = Read(consumer.Type),
            ProducerId = consumer.ProducerId,
            Kind = Read(consumer.Kind),
            RtpParameters = Read(consumer.RtpParameters!.Value),
            ConsumableRtpEncodings =
                ReadList(consumer, consumer.ConsumableRtpEncodingsLength, static (t, i) => Read(t.ConsumableRtpEncodings(i)!.Value)),
            SupportedCodecPayloadTypes = consumer.GetSupportedCodecPayloadTypesArray(),
            TraceEventTypes = ReadList(consumer, consumer.TraceEventTypesLength, static (t, i) => Read(t.TraceEventTypes(i))),
            Paused = consumer.Paused,
            ProducerPaused = consumer.ProducerPaused,
            Priority = consumer.Priority,
            RtpStreams = ReadList(table, table.RtpStreamsLength, static (t, i) => Read(t.RtpStreams(i)!.Value)),
            PreferredSpatialLayer = table.PreferredSpatialLayer,
            TargetSpatialLayer = table.TargetSpatialLayer,
            CurrentSpatialLayer = table.CurrentSpatialLayer,
            PreferredTemporalLayer = table.PreferredTemporalLayer,
            TargetTemporalLayer = table.TargetTemporalLayer,
            CurrentTemporalLayer = table.CurrentTemporalLayer,
        };
    }

    public static Offset<Wire.ConsumerDumpResponse> Write(FlatBufferBuilder builder, ConsumerDump value) =>
        Wire.ConsumerDumpResponse.CreateConsumerDumpResponse(
            builder,
            Wire.ConsumerDump.CreateConsumerDump(
                builder,
                WriteConsumerBase(builder, value),
                WriteTables(builder, value.RtpStreams, Write),
                value.PreferredSpatialLayer,
                value.TargetSpatialLayer,
                value.CurrentSpatialLayer,
                value.PreferredTemporalLayer,
                value.TargetTemporalLayer,
                value.CurrentTemporalLayer));

    private static Offset<Wire.ConsumerBaseDump> WriteConsumerBase(FlatBufferBuilder builder, ConsumerDump value) =>
        Wire.ConsumerBaseDump.CreateConsumerBaseDump(
            builder,
            builder.CreateString(value.Id),
            (Wire.RtpParametersType)value.Type,
            builder.CreateString(value.ProducerId),
            (Wire.MediaKind)value.Kind,
            Write(builder, value.RtpParameters),
            WriteTables(builder, value.ConsumableRtpEncodings, Write),
            WriteScalars(builder, value.SupportedCodecPayloadTypes),
            WriteEnums(builder, value.TraceEventTypes, static e => (byte)e),
            value.Paused,
            value.ProducerPaused,
            value.Priority);
}
