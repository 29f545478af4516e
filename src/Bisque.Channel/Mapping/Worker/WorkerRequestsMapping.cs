using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static UpdateSettingsRequest Read(Wire.UpdateSettingsRequest table) => new()
    {
        LogLevel = table.LogLevel,
        LogTags = table.HasLogTags ? ReadList(table, table.LogTagsLength, static (t, i) => t.LogTags(i)) : null,
    };

    public static Offset<Wire.UpdateSettingsRequest> Write(FlatBufferBuilder builder, UpdateSettingsRequest value) =>
        Wire.UpdateSettingsRequest.CreateUpdateSettingsRequest(
            builder,
            builder.CreateString(value.LogLevel),
            WriteStrings(builder, value.LogTags));

    public static CreateWebRtcServerRequest Read(Wire.CreateWebRtcServerRequest table) => new()
    {
        WebRtcServerId = table.WebRtcServerId,
        ListenInfos = ReadList(table, table.ListenInfosLength, static (t, i) => Read(t.ListenInfos(i)!.Value)),
    };

    public static Offset<Wire.CreateWebRtcServerRequest> Write(FlatBufferBuilder builder, CreateWebRtcServerRequest value) =>
        Wire.CreateWebRtcServerRequest.CreateCreateWebRtcServerRequest(
            builder,
            builder.CreateString(value.WebRtcServerId),
            WriteTables(builder, value.ListenInfos, Write));

    public static CloseWebRtcServerRequest Read(Wire.CloseWebRtcServerRequest table) => new()
    {
        WebRtcServerId = table.WebRtcServerId,
    };

    public static Offset<Wire.CloseWebRtcServerRequest> Write(FlatBufferBuilder builder, CloseWebRtcServerRequest value) =>
        Wire.CloseWebRtcServerRequest.CreateCloseWebRtcServerRequest(
            builder,
            builder.CreateString(value.WebRtcServerId));

    public static CreateRouterRequest Read(Wire.CreateRouterRequest table) => new()
    {
        RouterId = table.RouterId,
    };

    public static Offset<Wire.CreateRouterRequest> Write(FlatBufferBuilder builder, CreateRouterRequest value) =>
        Wire.CreateRouterRequest.CreateCreateRouterRequest(builder, builder.CreateString(value.RouterId));

    public static CloseRouterRequest Read(Wire.CloseRouterRequest table) => new()
    {
        RouterId = table.RouterId,
    };

    public static Offset<Wire.CloseRouterRequest> Write(FlatBufferBuilder builder, CloseRouterRequest value) =>
        Wire.CloseRouterRequest.CreateCloseRouterRequest(builder, builder.CreateString(value.RouterId));
}
