using Bisque.Engine;
using Bisque.Model;
using static Bisque.Channel.Dispatch.EngineRequestHandler;

namespace Bisque.Channel.Dispatch;

/// <summary>The methods of a data producer, and the messages that the controller sends into it.</summary>
internal static class DataProducerRequests
{
    public static object? Handle(DataProducer producer, ChannelRequest request)
    {
        switch (request.Method)
        {
            case RequestMethod.DataProducerDump:
                return producer.Dump();
            case RequestMethod.DataProducerGetStats:
                return producer.GetStats();
            case RequestMethod.DataProducerPause:
                producer.Pause();
                return null;
            case RequestMethod.DataProducerResume:
                producer.Resume();
                return null;
            default:
                throw UnknownMethod(nameof(DataProducer), request);
        }
    }

    public static void Send(DataProducer producer, DataProducerSendNotification message)
    {
        ReadOnlySpan<ushort> subchannels = message.Subchannels switch
        {
            null => [],
            ushort[] array => array,
            var list => list.ToArray(),
        };
        producer.Send(message.Ppid, message.Data.Span, subchannels, message.RequiredSubchannel, message.IgnoredSubchannel);
    }
}
