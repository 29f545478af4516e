using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static ConsumeRequest Read(Wire.ConsumeRequest table) => new()
    {
        ConsumerId = table.ConsumerId,
        ProducerId = table.ProducerId,
        Kind = Read(table.Kind),
        RtpParameters = Read(table.RtpParameters!.Value),
        Type = Read(table.Type),
        ConsumableRtpEncodings = ReadList(table, table.ConsumableRtpEncodingsLength, static (t, i) => Read(t.ConsumableRtpEncodings(i)!.Value)),
        Paused = table.Paused,
        PreferredLayers = table.PreferredLayers is { } preferredLayers ? Read(preferredLayers) : null,
        IgnoreDtx = table.IgnoreDtx,
    };

    public static Offset<Wire.ConsumeRequest> Write(FlatBufferBuilder builder, ConsumeRequest value) =>
        Wire.ConsumeRequest.CreateConsumeRequest(
            builder,
            builder.CreateString(value.ConsumerId),
            builder.CreateString(value.ProducerId),
            (Wire.MediaKind)value.Kind,
            Write(builder, value.RtpParameters),
            (Wire.RtpParametersType)value.Type,
            WriteTables(builder, value.ConsumableRtpEncodings, Write),
            value.Paused,
            value.PreferredLayers is null ? default : Write(builder, value.PreferredLayers),
            value.IgnoreDtx);

    public static ConsumeResponse Read(Wire.ConsumeResponse table) => new()
    {
        Paused = table.Paused,
        ProducerPaused = table.ProducerPaused,
        Score = Read(table.Score!.Value),
        PreferredLayers = table.PreferredLayers is { } preferredLayers ? Read(preferredLayers) : null,
    };

    public static Offset<Wire.ConsumeResponse> Write(FlatBufferBuilder builder, ConsumeResponse value) =>
        Wire.ConsumeResponse.CreateConsumeResponse(
            builder,
            value.Paused,
            value.ProducerPaused,
            Write(builder, value.Score),
            value.PreferredLayers is null ? default : Write(builder, value.PreferredLayers));
}
