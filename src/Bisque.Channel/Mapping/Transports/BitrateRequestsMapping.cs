using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static SetMaxIncomingBitrateRequest Read(Wire.SetMaxIncomingBitrateRequest table) => new()
    {
        MaxIncomingBitrate = table.MaxIncomingBitrate,
    };

    public static Offset<Wire.SetMaxIncomingBitrateRequest> Write(FlatBufferBuilder builder, SetMaxIncomingBitrateRequest value) =>
        Wire.SetMaxIncomingBitrateRequest.CreateSetMaxIncomingBitrateRequest(
            builder,
            value.MaxIncomingBitrate);

    public static SetMaxOutgoingBitrateRequest Read(Wire.SetMaxOutgoingBitrateRequest table) => new()
    {
        MaxOutgoingBitrate = table.MaxOutgoingBitrate,
    };

    public static Offset<Wire.SetMaxOutgoingBitrateRequest> Write(FlatBufferBuilder builder, SetMaxOutgoingBitrateRequest value) =>
        Wire.SetMaxOutgoingBitrateRequest.CreateSetMaxOutgoingBitrateRequest(
            builder,
            value.MaxOutgoingBitrate);

    public static SetMinOutgoingBitrateRequest Read(Wire.SetMinOutgoingBitrateRequest table) => new()
    {
        MinOutgoingBitrate = table.MinOutgoingBitrate,
    };

    public static Offset<Wire.SetMinOutgoingBitrateRequest> Write(FlatBufferBuilder builder, SetMinOutgoingBitrateRequest value) =>
        Wire.SetMinOutgoingBitrateRequest.CreateSetMinOutgoingBitrateRequest(
            builder,
            value.MinOutgoingBitrate);
}
