using Bisque.Engine;
using Bisque.Model;
using static Bisque.Channel.Dispatch.EngineRequestHandler;

namespace Bisque.Channel.Dispatch;

/// <summary>The methods of a router.</summary>
internal static class RouterRequests
{
    public static object? Handle(Router router, ChannelRequest request)
    {
        switch (request.Method)
        {
            case RequestMethod.RouterDump:
                return router.Dump();
            case RequestMethod.RouterCreateWebRtcTransport:
            case RequestMethod.RouterCreateWebRtcTransportWithServer:
                return router.CreateWebRtcTransport(Body<CreateWebRtcTransportRequest>(request)).Dump();
            case RequestMethod.RouterCreatePlainTransport:
                return router.CreatePlainTransport(Body<CreatePlainTransportRequest>(request)).Dump();
            case RequestMethod.RouterCreatePipeTransport:
                return router.CreatePipeTransport(Body<CreatePipeTransportRequest>(request)).Dump();
            case RequestMethod.RouterCreateDirectTransport:
                return router.CreateDirectTransport(Body<CreateDirectTransportRequest>(request)).Dump();
            case RequestMethod.RouterCloseTransport:
                router.CloseTransport(Body<CloseTransportRequest>(request).TransportId);
                return null;
            case RequestMethod.RouterCreateAudioLevelObserver:
                router.CreateAudioLevelObserver(Body<CreateAudioLevelObserverRequest>(request));
                return null;
            case RequestMethod.RouterCreateActiveSpeakerObserver:
                router.CreateActiveSpeakerObserver(Body<CreateActiveSpeakerObserverRequest>(request));
                return null;
            case RequestMethod.RouterCloseRtpObserver:
                router.CloseRtpObserver(Body<CloseRtpObserverRequest>(request).RtpObserverId);
                return null;
            default:
                throw UnknownMethod(nameof(Router), request);
        }
    }
}
