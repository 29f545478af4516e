using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static SetSubchannelsRequest Read(Wire.SetSubchannelsRequest table) => new()
    {
        Subchannels = table.GetSubchannelsArray(),
    };

    public static Offset<Wire.SetSubchannelsRequest> Write(FlatBufferBuilder builder, SetSubchannelsRequest value) =>
        Wire.SetSubchannelsRequest.CreateSetSubchannelsRequest(
            builder,
            WriteScalars(builder, value.Subchannels));

    public static SetSubchannelsResponse Read(Wire.SetSubchannelsResponse table) => new()
    {
        Subchannels = table.GetSubchannelsArray(),
    };

    public static Offset<Wire.SetSubchannelsResponse> Write(FlatBufferBuilder builder, SetSubchannelsResponse value) =>
        Wire.SetSubchannelsResponse.CreateSetSubchannelsResponse(
            builder,
            WriteScalars(builder, value.Subchannels));

    public static AddSubchannelRequest Read(Wire.AddSubchannelRequest table) => new()
    {
        Subchannel = table.Subchannel,
    };

    public static Offset<Wire.AddSubchannelRequest> Write(FlatBufferBuilder builder, AddSubchannelRequest value) =>
        Wire.AddSubchannelRequest.CreateAddSubchannelRequest(builder, value.Subchannel);

    public static AddSubchannelResponse Read(Wire.AddSubchannelResponse table) => new()
    {
        Subchannels = table.GetSubchannelsArray(),
    };

    public static Offset<Wire.AddSubchannelResponse> Write(FlatBufferBuilder builder, AddSubchannelResponse value) =>
        Wire.AddSubchannelResponse.CreateAddSubchannelResponse(
            builder,
            WriteScalars(builder, value.Subchannels));

    public static RemoveSubchannelRequest Read(Wire.RemoveSubchannelRequest table) => new()
    {
        Subchannel = table.Subchannel,
    };

    public static Offset<Wire.RemoveSubchannelRequest> Write(FlatBufferBuilder builder, RemoveSubchannelRequest value) =>
        Wire.RemoveSubchannelRequest.CreateRemoveSubchannelRequest(builder, value.Subchannel);

    public static RemoveSubchannelResponse Read(Wire.RemoveSubchannelResponse table) => new()
    {
        Subchannels = table.GetSubchannelsArray(),
    };

    public static Offset<Wire.RemoveSubchannelResponse> Write(FlatBufferBuilder builder, RemoveSubchannelResponse value) =>
        Wire.RemoveSubchannelResponse.CreateRemoveSubchannelResponse(
            builder,
            WriteScalars(builder, value.Subchannels));
}
