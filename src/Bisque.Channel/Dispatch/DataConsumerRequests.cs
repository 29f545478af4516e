using Bisque.Engine;
using Bisque.Model;
using static Bisque.Channel.Dispatch.EngineRequestHandler;

namespace Bisque.Channel.Dispatch;

/// <summary>The methods of a data consumer.</summary>
internal static class DataConsumerRequests
{
    public static object? Handle(DataConsumer consumer, ChannelRequest request)
    {
        switch (request.Method)
        {
            case RequestMethod.DataConsumerDump:
                return consumer.Dump();
            case RequestMethod.DataConsumerGetStats:
                return consumer.GetStats();
            case RequestMethod.DataConsumerPause:
                consumer.Pause();
                return null;
            case RequestMethod.DataConsumerResume:
                consumer.Resume();
                return null;
            case RequestMethod.DataConsumerGetBufferedAmount:
                return consumer.GetBufferedAmount();
            case RequestMethod.DataConsumerSetBufferedAmountLowThreshold:
                consumer.SetBufferedAmountLowThreshold(Body<SetBufferedAmountLowThresholdRequest>(request).Threshold);
                return null;
            case RequestMethod.DataConsumerSend:
                return Send(consumer, Body<DataConsumerSendRequest>(request));
            case RequestMethod.DataConsumerSetSubchannels:
                return consumer.SetSubchannels(Body<SetSubchannelsRequest>(request).Subchannels);
            case RequestMethod.DataConsumerAddSubchannel:
                return consumer.AddSubchannel(Body<AddSubchannelRequest>(request).Subchannel);
            case RequestMethod.DataConsumerRemoveSubchannel:
                return consumer.RemoveSubchannel(Body<RemoveSubchannelRequest>(request).Subchannel);
            default:
                throw UnknownMethod(nameof(DataConsumer), request);
        }
    }

    private static DataConsumerSendResponse Send(DataConsumer consumer, DataConsumerSendRequest request) =>
        consumer.Send(request.Ppid, request.Data.Span);
}
