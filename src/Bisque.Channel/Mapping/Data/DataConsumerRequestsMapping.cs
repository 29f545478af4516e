using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static GetBufferedAmountResponse Read(Wire.GetBufferedAmountResponse table) => new()
    {
        BufferedAmount = table.BufferedAmount,
    };

    public static Offset<Wire.GetBufferedAmountResponse> Write(FlatBufferBuilder builder, GetBufferedAmountResponse value) =>
        Wire.GetBufferedAmountResponse.CreateGetBufferedAmountResponse(builder, value.BufferedAmount);

    public static SetBufferedAmountLowThresholdRequest Read(Wire.SetBufferedAmountLowThresholdRequest table) => new()
    {
        Threshold = table.Threshold,
    };

    public static Offset<Wire.SetBufferedAmountLowThresholdRequest> Write(FlatBufferBuilder builder, SetBufferedAmountLowThresholdRequest value) =>
        Wire.SetBufferedAmountLowThresholdRequest.CreateSetBufferedAmountLowThresholdRequest(
            builder,
            value.Threshold);

    /// <summary>The message stays where it is: it is read before the next one comes.</summary>
    public static DataConsumerSendRequest Read(Wire.DataConsumerSendRequest table) => new()
    {
        Ppid = table.Ppid,
        Data = table.GetDataBytes() is { } data ? data : ReadOnlyMemory<byte>.Empty,
    };

    public static Offset<Wire.DataConsumerSendRequest> Write(FlatBufferBuilder builder, DataConsumerSendRequest value) =>
        Wire.DataConsumerSendRequest.CreateDataConsumerSendRequest(
            builder,
            value.Ppid,
            WriteBytes(builder, value.Data));

    public static DataConsumerSendResponse Read(Wire.DataConsumerSendResponse table) => new()
    {
        BufferedAmount = table.BufferedAmount,
    };

    public static Offset<Wire.DataConsumerSendResponse> Write(FlatBufferBuilder builder, DataConsumerSendResponse value) =>
        Wire.DataConsumerSendResponse.CreateDataConsumerSendResponse(builder, value.BufferedAmount);
}
