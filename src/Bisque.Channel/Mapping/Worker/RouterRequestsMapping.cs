using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static CreateWebRtcTransportRequest Read(Wire.CreateWebRtcTransportRequest table) => new()
    {
        TransportId = table.TransportId,
        Options = Read(table.Options!.Value),
    };

    public static Offset<Wire.CreateWebRtcTransportRequest> Write(FlatBufferBuilder builder, CreateWebRtcTransportRequest value) =>
        Wire.CreateWebRtcTransportRequest.CreateCreateWebRtcTransportRequest(
            builder,
            builder.CreateString(value.TransportId),
            Write(builder, value.Options));

    public static CreatePlainTransportRequest Read(Wire.CreatePlainTransportRequest table) => new()
    {
        TransportId = table.TransportId,
        Options = Read(table.Options!.Value),
    };

    public static Offset<Wire.CreatePlainTransportRequest> Write(FlatBufferBuilder builder, CreatePlainTransportRequest value) =>
        Wire.CreatePlainTransportRequest.CreateCreatePlainTransportRequest(
            builder,
            builder.CreateString(value.TransportId),
            Write(builder, value.Options));

    public static CreatePipeTransportRequest Read(Wire.CreatePipeTransportRequest table) => new()
    {
        TransportId = table.TransportId,
        Options = Read(table.Options!.Value),
    };

    public static Offset<Wire.CreatePipeTransportRequest> Write(FlatBufferBuilder builder, CreatePipeTransportRequest value) =>
        Wire.CreatePipeTransportRequest.CreateCreatePipeTransportRequest(
            builder,
            builder.CreateString(value.TransportId),
            Write(builder, value.Options));

    public static CreateDirectTransportRequest Read(Wire.CreateDirectTransportRequest table) => new()
    {
        TransportId = table.TransportId,
        Options = Read(table.Options!.Value),
    };

    public static Offset<Wire.CreateDirectTransportRequest> Write(FlatBufferBuilder builder, CreateDirectTransportRequest value) =>
        Wire.CreateDirectTransportRequest.CreateCreateDirectTransportRequest(
            builder,
            builder.CreateString(value.TransportId),
            Write(builder, value.Options));

    public static CreateActiveSpeakerObserverRequest Read(Wire.CreateActiveSpeakerObserverRequest table) => new()
    {
        RtpObserverId = table.RtpObserverId,
        Options = Read(table.Options!.Value),
    };

    public static Offset<Wire.CreateActiveSpeakerObserverRequest> Write(FlatBufferBuilder builder, CreateActiveSpeakerObserverRequest value) =>
        Wire.CreateActiveSpeakerObserverRequest.CreateCreateActiveSpeakerObserverRequest(
            builder,
            builder.CreateString(value.RtpObserverId),
            Write(builder, value.Options));

    public static CreateAudioLevelObserverRequest Read(Wire.CreateAudioLevelObserverRequest table) => new()
    {
        RtpObserverId = table.RtpObserverId,
        Options = Read(table.Options!.Value),
    };

    public static Offset<Wire.CreateAudioLevelObserverRequest> Write(FlatBufferBuilder builder, CreateAudioLevelObserverRequest value) =>
        Wire.CreateAudioLevelObserverRequest.CreateCreateAudioLevelObserverRequest(
            builder,
            builder.CreateString(value.RtpObserverId),
            Write(builder, value.Options));

    public static CloseTransportRequest Read(Wire.CloseTransportRequest table) => new()
    {
        TransportId = table.TransportId,
    };

    public static Offset<Wire.CloseTransportRequest> Write(FlatBufferBuilder builder, CloseTransportRequest value) =>
        Wire.CloseTransportRequest.CreateCloseTransportRequest(
            builder,
            builder.CreateString(value.TransportId));

    public static CloseRtpObserverRequest Read(Wire.CloseRtpObserverRequest table) => new()
    {
        RtpObserverId = table.RtpObserverId,
    };

    public static Offset<Wire.CloseRtpObserverRequest> Write(FlatBufferBuilder builder, CloseRtpObserverRequest value) =>
        Wire.CloseRtpObserverRequest.CreateCloseRtpObserverRequest(
            builder,
            builder.CreateString(value.RtpObserverId));
}
