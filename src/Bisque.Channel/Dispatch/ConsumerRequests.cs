using Bisque.Engine;
using Bisque.Model;
using static Bisque.Channel.Dispatch.EngineRequestHandler;

namespace Bisque.Channel.Dispatch;

/// <summary>The methods of a consumer.</summary>
internal static class ConsumerRequests
{
    public static object? Handle(Consumer consumer, ChannelRequest request)
    {
        switch (request.Method)
        {
            case RequestMethod.ConsumerDump:
                return consumer.Dump();
            case RequestMethod.ConsumerGetStats:
                return consumer.GetStats();
            case RequestMethod.ConsumerPause:
                consumer.Pause();
                return null;
            case RequestMethod.ConsumerResume:
                consumer.Resume();
                return null;
            case RequestMethod.ConsumerSetPreferredLayers:
                return consumer.SetPreferredLayers(Body<SetPreferredLayersRequest>(request).PreferredLayers);
            case RequestMethod.ConsumerSetPriority:
                return consumer.SetPriority(Body<SetPriorityRequest>(request).Priority);
            case RequestMethod.ConsumerRequestKeyFrame:
                consumer.RequestKeyFrame();
                return null;
            case RequestMethod.ConsumerEnableTraceEvent:
                consumer.EnableTraceEvents(Body<ConsumerEnableTraceEventRequest>(request).Events);
                return null;
            default:
                throw UnknownMethod(nameof(Consumer), request);
        }
    }
}
