using Bisque.Channel.Mapping;
using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Responses;

/// <summary>The bodies of responses, and which method is answered with which.</summary>
internal static class ResponseBodies
{
    /// <summary>The body of a verified frame.</summary>
    public static object? Read(Wire.Response message) => message.BodyType switch
    {
        Wire.ResponseBody.NONE => null,
        Wire.ResponseBody.WorkerDump => WireMapping.Read(message.BodyAsWorkerDump()),
        Wire.ResponseBody.ResourceUsage => WireMapping.Read(message.BodyAsResourceUsage()),
        Wire.ResponseBody.WebRtcServerDump => WireMapping.Read(message.BodyAsWebRtcServerDump()),
        Wire.ResponseBody.RouterDump => WireMapping.Read(message.BodyAsRouterDump()),
        Wire.ResponseBody.ProduceResponse => WireMapping.Read(message.BodyAsProduceResponse()),
        Wire.ResponseBody.ConsumeResponse => WireMapping.Read(message.BodyAsConsumeResponse()),
        Wire.ResponseBody.RestartIceResponse => WireMapping.Read(message.BodyAsRestartIceResponse()),
        Wire.ResponseBody.PlainTransportConnectResponse => WireMapping.Read(message.BodyAsPlainTransportConnectResponse()),
        Wire.ResponseBody.PlainTransportDump => WireMapping.Read(message.BodyAsPlainTransportDump()),
        Wire.ResponseBody.PlainTransportStats => WireMapping.Read(message.BodyAsPlainTransportStats()),
        Wire.ResponseBody.PipeTransportConnectResponse => WireMapping.Read(message.BodyAsPipeTransportConnectResponse()),
        Wire.ResponseBody.PipeTransportDump => WireMapping.Read(message.BodyAsPipeTransportDump()),
        Wire.ResponseBody.PipeTransportStats => WireMapping.Read(message.BodyAsPipeTransportStats()),
        Wire.ResponseBody.DirectTransportDump => WireMapping.Read(message.BodyAsDirectTransportDump()),
        Wire.ResponseBody.DirectTransportStats => WireMapping.Read(message.BodyAsDirectTransportStats()),
        Wire.ResponseBody.WebRtcTransportConnectResponse => WireMapping.Read(message.BodyAsWebRtcTransportConnectResponse()),
        Wire.ResponseBody.WebRtcTransportDump => WireMapping.Read(message.BodyAsWebRtcTransportDump()),
        Wire.ResponseBody.WebRtcTransportStats => WireMapping.Read(message.BodyAsWebRtcTransportStats()),
        Wire.ResponseBody.ProducerDump => WireMapping.Read(message.BodyAsProducerDump()),
        Wire.ResponseBody.ProducerStats => WireMapping.Read(message.BodyAsProducerStats()),
        Wire.ResponseBody.ConsumerDumpResponse => WireMapping.Read(message.BodyAsConsumerDumpResponse()),
        Wire.ResponseBody.ConsumerStats => WireMapping.Read(message.BodyAsConsumerStats()),
        Wire.ResponseBody.SetPreferredLayersResponse => WireMapping.Read(message.BodyAsSetPreferredLayersResponse()),
        Wire.ResponseBody.SetPriorityResponse => WireMapping.Read(message.BodyAsSetPriorityResponse()),
        Wire.ResponseBody.DataProducerDump => WireMapping.Read(message.BodyAsDataProducerDump()),
        Wire.ResponseBody.DataProducerStats => WireMapping.Read(message.BodyAsDataProducerStats()),
        Wire.ResponseBody.GetBufferedAmountResponse => WireMapping.Read(message.BodyAsGetBufferedAmountResponse()),
        Wire.ResponseBody.DataConsumerDump => WireMapping.Read(message.BodyAsDataConsumerDump()),
        Wire.ResponseBody.DataConsumerStats => WireMapping.Read(message.BodyAsDataConsumerStats()),
        Wire.ResponseBody.DataConsumerSendResponse => WireMapping.Read(message.BodyAsDataConsumerSendResponse()),
        Wire.ResponseBody.SetSubchannelsResponse => WireMapping.Read(message.BodyAsSetSubchannelsResponse()),
        Wire.ResponseBody.AddSubchannelResponse => WireMapping.Read(message.BodyAsAddSubchannelResponse()),
        Wire.ResponseBody.RemoveSubchannelResponse => WireMapping.Read(message.BodyAsRemoveSubchannelResponse()),
        var kind => throw RequestException.Error($"{(byte)kind} is not a body that this version knows"),
    };

    /// <summary>Writes a body and tells its number in the union.</summary>
    public static (Wire.ResponseBody Type, int Offset) Write(FlatBufferBuilder builder, object? body) => body switch
    {
        null => (Wire.ResponseBody.NONE, 0),
        WorkerDump b => (Wire.ResponseBody.WorkerDump, WireMapping.Write(builder, b).Value),
        ResourceUsage b => (Wire.ResponseBody.ResourceUsage, WireMapping.Write(builder, b).Value),
        WebRtcServerDump b => (Wire.ResponseBody.WebRtcServerDump, WireMapping.Write(builder, b).Value),
        RouterDump b => (Wire.ResponseBody.RouterDump, WireMapping.Write(builder, b).Value),
        ProduceResponse b => (Wire.ResponseBody.ProduceResponse, WireMapping.Write(builder, b).Value),
        ConsumeResponse b => (Wire.ResponseBody.ConsumeResponse, WireMapping.Write(builder, b).Value),
        RestartIceResponse b => (Wire.ResponseBody.RestartIceResponse, WireMapping.Write(builder, b).Value),
        PlainTransportConnectResponse b => (Wire.ResponseBody.PlainTransportConnectResponse, WireMapping.Write(builder, b).Value),
        PlainTransportDump b => (Wire.ResponseBody.PlainTransportDump, WireMapping.Write(builder, b).Value),
        PlainTransportStats b => (Wire.ResponseBody.PlainTransportStats, WireMapping.Write(builder, b).Value),
        PipeTransportConnectResponse b => (Wire.ResponseBody.PipeTransportConnectResponse, WireMapping.Write(builder, b).Value),
        PipeTransportDump b => (Wire.ResponseBody.PipeTransportDump, WireMapping.Write(builder, b).Value),
        PipeTransportStats b => (Wire.ResponseBody.PipeTransportStats, WireMapping.Write(builder, b).Value),
        DirectTransportDump b => (Wire.ResponseBody.DirectTransportDump, WireMapping.Write(builder, b).Value),
        DirectTransportStats b => (Wire.ResponseBody.DirectTransportStats, WireMapping.Write(builder, b).Value),
        WebRtcTransportConnectResponse b => (Wire.ResponseBody.WebRtcTransportConnectResponse, WireMapping.Write(builder, b).Value),
        WebRtcTransportDump b => (Wire.ResponseBody.WebRtcTransportDump, WireMapping.Write(builder, b).Value),
        WebRtcTransportStats b => (Wire.ResponseBody.WebRtcTransportStats, WireMapping.Write(builder, b).Value),
        ProducerDump b => (Wire.ResponseBody.ProducerDump, WireMapping.Write(builder, b).Value),
        ProducerStats b => (Wire.ResponseBody.ProducerStats, WireMapping.Write(builder, b).Value),
        ConsumerDump b => (Wire.ResponseBody.ConsumerDumpResponse, WireMapping.Write(builder, b).Value),
        ConsumerStats b => (Wire.ResponseBody.ConsumerStats, WireMapping.Write(builder, b).Value),
        SetPreferredLayersResponse b => (Wire.ResponseBody.SetPreferredLayersResponse, WireMapping.Write(builder, b).Value),
        SetPriorityResponse b => (Wire.ResponseBody.SetPriorityResponse, WireMapping.Write(builder, b).Value),
        DataProducerDump b => (Wire.ResponseBody.DataProducerDump, WireMapping.Write(builder, b).Value),
        DataProducerStats b => (Wire.ResponseBody.DataProducerStats, WireMapping.Write(builder, b).Value),
        GetBufferedAmountResponse b => (Wire.ResponseBody.GetBufferedAmountResponse, WireMapping.Write(builder, b).Value),
        DataConsumerDump b => (Wire.ResponseBody.DataConsumerDump, WireMapping.Write(builder, b).Value),
        DataConsumerStats b => (Wire.ResponseBody.DataConsumerStats, WireMapping.Write(builder, b).Value),
        DataConsumerSendResponse b => (Wire.ResponseBody.DataConsumerSendResponse, WireMapping.Write(builder, b).Value),
        SetSubchannelsResponse b => (Wire.ResponseBody.SetSubchannelsResponse, WireMapping.Write(builder, b).Value),
        AddSubchannelResponse b => (Wire.ResponseBody.AddSubchannelResponse, WireMapping.Write(builder, b).Value),
        RemoveSubchannelResponse b => (Wire.ResponseBody.RemoveSubchannelResponse, WireMapping.Write(builder, b).Value),
        _ => throw new ArgumentException($"{body.GetType().Name} is not a body of a response.", nameof(body)),
    };

    /// <summary>Whether a method is answered with this body.</summary>
    public static bool Fits(RequestMethod method, Wire.ResponseBody body) => method switch
    {
        RequestMethod.WorkerDump => body == Wire.ResponseBody.WorkerDump,
        RequestMethod.WorkerGetResourceUsage => body == Wire.ResponseBody.ResourceUsage,
        RequestMethod.WebRtcServerDump => body == Wire.ResponseBody.WebRtcServerDump,
        RequestMethod.RouterDump => body == Wire.ResponseBody.RouterDump,
        RequestMethod.RouterCreateWebRtcTransport
            or RequestMethod.RouterCreateWebRtcTransportWithServer => body == Wire.ResponseBody.WebRtcTransportDump,
        RequestMethod.RouterCreatePlainTransport => body == Wire.ResponseBody.PlainTransportDump,
        RequestMethod.RouterCreatePipeTransport => body == Wire.ResponseBody.PipeTransportDump,
        RequestMethod.RouterCreateDirectTransport => body == Wire.ResponseBody.DirectTransportDump,
        RequestMethod.TransportDump => body is Wire.ResponseBody.PlainTransportDump
            or Wire.ResponseBody.PipeTransportDump
            or Wire.ResponseBody.DirectTransportDump
            or Wire.ResponseBody.WebRtcTransportDump,
        RequestMethod.TransportGetStats => body is Wire.ResponseBody.PlainTransportStats
            or Wire.ResponseBody.PipeTransportStats
            or Wire.ResponseBody.DirectTransportStats
            or Wire.ResponseBody.WebRtcTransportStats,
        RequestMethod.TransportRestartIce => body == Wire.ResponseBody.RestartIceResponse,
        RequestMethod.TransportProduce => body == Wire.ResponseBody.ProduceResponse,
        RequestMethod.TransportProduceData
            or RequestMethod.DataProducerDump => body == Wire.ResponseBody.DataProducerDump,
        RequestMethod.TransportConsume => body == Wire.ResponseBody.ConsumeResponse,
        RequestMethod.TransportConsumeData
            or RequestMethod.DataConsumerDump => body == Wire.ResponseBody.DataConsumerDump,
        RequestMethod.PlainTransportConnect => body == Wire.ResponseBody.PlainTransportConnectResponse,
        RequestMethod.PipeTransportConnect => body == Wire.ResponseBody.PipeTransportConnectResponse,
        RequestMethod.WebRtcTransportConnect => body == Wire.ResponseBody.WebRtcTransportConnectResponse,
        RequestMethod.ProducerDump => body == Wire.ResponseBody.ProducerDump,
        RequestMethod.ProducerGetStats => body == Wire.ResponseBody.ProducerStats,
        RequestMethod.ConsumerDump => body == Wire.ResponseBody.ConsumerDumpResponse,
        RequestMethod.ConsumerGetStats => body == Wire.ResponseBody.ConsumerStats,
        RequestMethod.ConsumerSetPreferredLayers => body == Wire.ResponseBody.SetPreferredLayersResponse,
        RequestMethod.ConsumerSetPriority => body == Wire.ResponseBody.SetPriorityResponse,
        RequestMethod.DataProducerGetStats => body == Wire.ResponseBody.DataProducerStats,
        RequestMethod.DataConsumerGetStats => body == Wire.ResponseBody.DataConsumerStats,
        RequestMethod.DataConsumerGetBufferedAmount => body == Wire.ResponseBody.GetBufferedAmountResponse,
        RequestMethod.DataConsumerSend => body == Wire.ResponseBody.DataConsumerSendResponse,
        RequestMethod.DataConsumerSetSubchannels => body == Wire.ResponseBody.SetSubchannelsResponse,
        RequestMethod.DataConsumerAddSubchannel => body == Wire.ResponseBody.AddSubchannelResponse,
        RequestMethod.DataConsumerRemoveSubchannel => body == Wire.ResponseBody.RemoveSubchannelResponse,
        _ => body == Wire.ResponseBody.NONE,
    };
}
