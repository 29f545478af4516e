using Bisque.Engine;
using Bisque.Model;
using static Bisque.Channel.Dispatch.EngineRequestHandler;

namespace Bisque.Channel.Dispatch;

/// <summary>The methods of a transport, first those of its kind.</summary>
internal static class TransportRequests
{
    public static object? Handle(Transport transport, ChannelRequest request) => (transport, request.Method) switch
    {
        (WebRtcTransport webRtc, RequestMethod.WebRtcTransportConnect) => webRtc.Connect(Body<WebRtcTransportConnectRequest>(request)),
        (WebRtcTransport webRtc, RequestMethod.TransportRestartIce) => webRtc.RestartIce(),
        (PlainTransport plain, RequestMethod.PlainTransportConnect) => plain.Connect(Body<PlainTransportConnectRequest>(request)),
        (PipeTransport pipe, RequestMethod.PipeTransportConnect) => pipe.Connect(Body<PipeTransportConnectRequest>(request)),
        _ => HandleAnyKind(transport, request),
    };

    private static object? HandleAnyKind(Transport transport, ChannelRequest request)
    {
        switch (request.Method)
        {
            case RequestMethod.TransportDump:
                return transport.Dump();
            case RequestMethod.TransportGetStats:
                return transport.GetStats();
            case RequestMethod.TransportProduce:
                return transport.Produce(Body<ProduceRequest>(request));
            case RequestMethod.TransportConsume:
                return transport.Consume(Body<ConsumeRequest>(request));
            case RequestMethod.TransportSetMaxIncomingBitrate:
                transport.SetMaxIncomingBitrate(Body<SetMaxIncomingBitrateRequest>(request).MaxIncomingBitrate);
                return null;
            case RequestMethod.TransportSetMaxOutgoingBitrate:
                transport.SetMaxOutgoingBitrate(Body<SetMaxOutgoingBitrateRequest>(request).MaxOutgoingBitrate);
                return null;
            case RequestMethod.TransportSetMinOutgoingBitrate:
                transport.SetMinOutgoingBitrate(Body<SetMinOutgoingBitrateRequest>(request).MinOutgoingBitrate);
                return null;
            case RequestMethod.TransportEnableTraceEvent:
                transport.EnableTraceEvents(Body<TransportEnableTraceEventRequest>(request).Events);
                return null;
            case RequestMethod.TransportCloseProducer:
                transport.CloseProducer(Body<CloseProducerRequest>(request).ProducerId);
                return null;
            case RequestMethod.TransportCloseConsumer:
                transport.CloseConsumer(Body<CloseConsumerRequest>(request).ConsumerId);
                return null;
            case RequestMethod.TransportProduceData:
                return transport.ProduceData(Body<ProduceDataRequest>(request));
            case RequestMethod.TransportConsumeData:
                return transport.ConsumeData(Body<ConsumeDataRequest>(request));
            case RequestMethod.TransportCloseDataProducer:
                transport.CloseDataProducer(Body<CloseDataProducerRequest>(request).DataProducerId);
                return null;
            case RequestMethod.TransportCloseDataConsumer:
                transport.CloseDataConsumer(Body<CloseDataConsumerRequest>(request).DataConsumerId);
                return null;
            default:
                throw UnknownMethod(transport.GetType().Name, request);
        }
    }
}
