using Bisque.Engine;
using Bisque.Model;
using static Bisque.Channel.Dispatch.EngineRequestHandler;

namespace Bisque.Channel.Dispatch;

/// <summary>The methods of an RTP observer.</summary>
internal static class RtpObserverRequests
{
    public static object? Handle(RtpObserver observer, ChannelRequest request)
    {
        switch (request.Method)
        {
            case RequestMethod.RtpObserverPause:
                observer.Pause();
                return null;
            case RequestMethod.RtpObserverResume:
                observer.Resume();
                return null;
            case RequestMethod.RtpObserverAddProducer:
                observer.AddProducer(Body<RtpObserverAddProducerRequest>(request).ProducerId);
                return null;
            case RequestMethod.RtpObserverRemoveProducer:
                observer.RemoveProducer(Body<RtpObserverRemoveProducerRequest>(request).ProducerId);
                return null;
            default:
                throw UnknownMethod(nameof(RtpObserver), request);
        }
    }
}
