using Bisque.Engine;
using Bisque.Model;
using static Bisque.Channel.Dispatch.EngineRequestHandler;

namespace Bisque.Channel.Dispatch;

/// <summary>The methods of a producer.</summary>
internal static class ProducerRequests
{
    public static object? Handle(Producer producer, ChannelRequest request)
    {
        switch (request.Method)
        {
            case RequestMethod.ProducerDump:
                return producer.Dump();
            case RequestMethod.ProducerGetStats:
                return producer.GetStats();
            case RequestMethod.ProducerPause:
                producer.Pause();
                return null;
            case RequestMethod.ProducerResume:
                producer.Resume();
                return null;
            case RequestMethod.ProducerEnableTraceEvent:
                producer.EnableTraceEvents(Body<ProducerEnableTraceEventRequest>(request).Events);
                return null;
            default:
                throw UnknownMethod(nameof(Producer), request);
        }
    }
}
