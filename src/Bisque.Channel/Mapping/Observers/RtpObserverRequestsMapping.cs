using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RtpObserverAddProducerRequest Read(Wire.RtpObserverAddProducerRequest table) => new()
    {
        ProducerId = table.ProducerId,
    };

    public static Offset<Wire.RtpObserverAddProducerRequest> Write(FlatBufferBuilder builder, RtpObserverAddProducerRequest value) =>
        Wire.RtpObserverAddProducerRequest.CreateRtpObserverAddProducerRequest(
            builder,
            builder.CreateString(value.ProducerId));

    public static RtpObserverRemoveProducerRequest Read(Wire.RtpObserverRemoveProducerRequest table) => new()
    {
        ProducerId = table.ProducerId,
    };

    public static Offset<Wire.RtpObserverRemoveProducerRequest> Write(FlatBufferBuilder builder, RtpObserverRemoveProducerRequest value) =>
        Wire.RtpObserverRemoveProducerRequest.CreateRtpObserverRemoveProducerRequest(
            builder,
            builder.CreateString(value.ProducerId));
}
