using Bisque.Channel.Mapping;
using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Notifications;

/// <summary>Notifications to the worker on the wire.</summary>
internal static class NotificationMessages
{
    /// <summary>Reads a notification of a sound frame; a body that does not go with the event rejects it.</summary>
    public static ChannelNotification Read(Wire.Notification notification)
    {
        object? body = (notification.Event, notification.BodyType) switch
        {
            (Wire.NotificationEvent.WORKER_CLOSE, _) => null,
            (Wire.NotificationEvent.TRANSPORT_SEND_RTCP, Wire.NotificationBody.SendRtcpNotification) =>
                WireMapping.Read(notification.BodyAsSendRtcpNotification()),
            (Wire.NotificationEvent.PRODUCER_SEND, Wire.NotificationBody.ProducerSendNotification) =>
                WireMapping.Read(notification.BodyAsProducerSendNotification()),
            (Wire.NotificationEvent.DATAPRODUCER_SEND, Wire.NotificationBody.DataProducerSendNotification) =>
                WireMapping.Read(notification.BodyAsDataProducerSendNotification()),
            var (kind, type) => throw RequestException.Error($"event {(byte)kind} with body {(byte)type} is not for the worker"),
        };
        return new ChannelNotification((NotificationEvent)notification.Event, notification.HandlerId, body);
    }

    /// <summary>Writes a notification to the worker.</summary>
    public static int Write(FlatBufferBuilder builder, ChannelNotification notification)
    {
        var handlerId = builder.CreateString(notification.HandlerId);
        var (kind, body) = notification.Body switch
        {
            null => (Wire.NotificationBody.NONE, 0),
            SendRtcpNotification rtcp => (Wire.NotificationBody.SendRtcpNotification, WireMapping.Write(builder, rtcp).Value),
            ProducerSendNotification packet => (Wire.NotificationBody.ProducerSendNotification, WireMapping.Write(builder, packet).Value),
            DataProducerSendNotification message =>
                (Wire.NotificationBody.DataProducerSendNotification, WireMapping.Write(builder, message).Value),
            var other => throw new ArgumentException($"{other.GetType().Name} is not a body of a notification.", nameof(notification)),
        };
        return Wire.Notification.CreateNotification(builder, handlerId, (Wire.NotificationEvent)notification.Event, kind, body).Value;
    }
}
