using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static ProduceRequest Read(Wire.ProduceRequest table) => new()
    {
        ProducerId = table.ProducerId,
        Kind = Read(table.Kind),
        RtpParameters = Read(table.RtpParameters!.Value),
        RtpMapping = Read(table.RtpMapping!.Value),
        Paused = table.Paused,
        KeyFrameRequestDelay = table.KeyFrameRequestDelay,
        EnableMediasoupPacketIdHeaderExtension = table.EnableMediasoupPacketIdHeaderExtension,
    };

    public static Offset<Wire.ProduceRequest> Write(FlatBufferBuilder builder, ProduceRequest value) =>
        Wire.ProduceRequest.CreateProduceRequest(
            builder,
            builder.CreateString(value.ProducerId),
            (Wire.MediaKind)value.Kind,
            Write(builder, value.RtpParameters),
            Write(builder, value.RtpMapping),
            value.Paused,
            value.KeyFrameRequestDelay,
            value.EnableMediasoupPacketIdHeaderExtension);

    public static ProduceResponse Read(Wire.ProduceResponse table) => new()
    {
        Type = Read(table.Type),
    };

    public static Offset<Wire.ProduceResponse> Write(FlatBufferBuilder builder, ProduceResponse value) =>
        Wire.ProduceResponse.CreateProduceResponse(builder, (Wire.RtpParametersType)value.Type);
}
