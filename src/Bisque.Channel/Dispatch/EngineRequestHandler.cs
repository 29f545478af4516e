using Bisque.Engine;
using Bisque.Model;

namespace Bisque.Channel.Dispatch;

/// <summary>
/// Turns channel requests into calls on a media worker: the entity is found by the handler id, the method says what to call. What is
/// asked of something that cannot do it is answered with an error; nothing else is touched.
/// </summary>
public sealed class EngineRequestHandler(MediaWorker worker, Func<ResourceUsage> resourceUsage, Action close) : IRequestHandler
{
    /// <inheritdoc/>
    public object? Handle(ChannelRequest request)
    {
        worker.FlushMedia();
        return request.Method <= RequestMethod.WorkerCloseRouter ? HandleWorker(request) : HandleEntity(request);
    }

    /// <inheritdoc/>
    public void Notify(ChannelNotification notification)
    {
        if (notification is { Event: NotificationEvent.WorkerClose, HandlerId: "" })
        {
            close();
            return;
        }

        var entity = worker.FindNotificationHandler(notification.HandlerId)
            ?? throw RequestException.NotFound($"Channel notification handler with ID {notification.HandlerId} not found");
        switch (entity, notification)
        {
            case (Producer producer, { Event: NotificationEvent.ProducerSend, Body: ProducerSendNotification packet }):
                producer.InjectRtp(packet.Data.Span);
                break;
            case (DirectTransport transport, { Event: NotificationEvent.TransportSendRtcp, Body: SendRtcpNotification packet }):
                transport.InjectRtcp(packet.Data.Span);
                break;
            case (DataProducer producer, { Event: NotificationEvent.DataProducerSend, Body: DataProducerSendNotification message }):
                DataProducerRequests.Send(producer, message);
                break;
            default:
                throw RequestException.Error($"{entity.GetType().Name} takes no notification {notification.Event}");
        }
    }

    private object? HandleWorker(ChannelRequest request)
    {
        switch (request.Method)
        {
            case RequestMethod.WorkerDump:
                return worker.Dump();
            case RequestMethod.WorkerGetResourceUsage:
                return resourceUsage();
            case RequestMethod.WorkerUpdateSettings:
                worker.UpdateSettings(Body<UpdateSettingsRequest>(request));
                return null;
            case RequestMethod.WorkerCreateRouter:
                worker.CreateRouter(Body<CreateRouterRequest>(request).RouterId);
                return null;
            case RequestMethod.WorkerCloseRouter:
                worker.CloseRouter(Body<CloseRouterRequest>(request).RouterId);
                return null;
            case RequestMethod.WorkerCreateWebRtcServer:
                worker.CreateWebRtcServer(Body<CreateWebRtcServerRequest>(request));
                return null;
            case RequestMethod.WorkerWebRtcServerClose:
                worker.CloseWebRtcServer(Body<CloseWebRtcServerRequest>(request).WebRtcServerId);
                return null;
            default:
                throw UnknownMethod("Worker", request);
        }
    }

    private object? HandleEntity(ChannelRequest request) => worker.FindRequestHandler(request.HandlerId) switch
    {
        WebRtcServer server when request.Method == RequestMethod.WebRtcServerDump => server.Dump(),
        WebRtcServer => throw UnknownMethod(nameof(WebRtcServer), request),
        Router router => RouterRequests.Handle(router, request),
        Transport transport => TransportRequests.Handle(transport, request),
        Producer producer => ProducerRequests.Handle(producer, request),
        Consumer consumer => ConsumerRequests.Handle(consumer, request),
        DataProducer producer => DataProducerRequests.Handle(producer, request),
        DataConsumer consumer => DataConsumerRequests.Handle(consumer, request),
        RtpObserver observer => RtpObserverRequests.Handle(observer, request),
        _ => throw RequestException.NotFound($"Channel request handler with ID {request.HandlerId} not found"),
    };

    internal static T Body<T>(ChannelRequest request)
        where T : class =>
        request.Body as T ?? throw RequestException.Error($"{request.Method} needs a {typeof(T).Name}");

    internal static RequestException UnknownMethod(string entity, ChannelRequest request) =>
        RequestException.Error($"unknown method '{request.Method}' for a {entity}");
}
