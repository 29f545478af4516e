using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static ProducerDump Read(Wire.ProducerDump table) => new()
    {
        Id = table.Id,
        Kind = Read(table.Kind),
        Type = Read(table.Type),
        RtpParameters = Read(table.RtpParameters!.Value),
        RtpMapping = Read(table.RtpMapping!.Value),
        RtpStreams = ReadList(table, table.RtpStreamsLength, static (t, i) => Read(t.RtpStreams(i)!.Value)),
        TraceEventTypes = ReadList(table, table.TraceEventTypesLength, static (t, i) => Read(t.TraceEventTypes(i))),
        Paused = table.Paused,
    };

    public static Offset<Wire.ProducerDump> Write(FlatBufferBuilder builder, ProducerDump value) =>
        Wire.ProducerDump.CreateProducerDump(
            builder,
            builder.CreateString(value.Id),
            (Wire.MediaKind)value.Kind,
            (Wire.RtpParametersType)value.Type,
            Write(builder, value.RtpParameters),
            Write(builder, value.RtpMapping),
            WriteTables(builder, value.RtpStreams, Write),
            WriteEnums(builder, value.TraceEventTypes, static e => (byte)e),
            value.Paused);
}
