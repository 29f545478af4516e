using Bisque.Channel.Events;
using Bisque.Channel.Notifications;
using Bisque.Channel.Requests;
using Bisque.Channel.Responses;
using Bisque.Channel.Verification;
using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Tests.Verification;

/// <summary>Reads all that verification allows of a frame, by whoever could receive it.</summary>
internal static class FrameReading
{
    public static FrameVerdict ReadEverything(byte[] frame)
    {
        var verdict = FrameVerifier.Verify(frame);
        if (verdict == FrameVerdict.Malformed)
        {
            return verdict;
        }

        var message = Wire.Message.GetRootAsMessage(new ByteBuffer(frame));
        switch (message.DataType)
        {
            case Wire.MessageBody.Request:
                var request = message.DataAsRequest();
                _ = (request.Id, request.Method, request.HandlerId, request.BodyType);
                Read(verdict, () => RequestMessages.Read(request));
                Read(verdict, () => RequestBodies.Read(request));
                break;
            case Wire.MessageBody.Response:
                var response = message.DataAsResponse();
                _ = (response.Id, response.Accepted, response.Error, response.Reason);
                Read(verdict, () => ResponseBodies.Read(response));
                break;
            case Wire.MessageBody.Notification:
                var notification = message.DataAsNotification();
                _ = (notification.Event, notification.HandlerId, notification.BodyType);
                Read(verdict, () => NotificationMessages.Read(notification));
                Read(verdict, () => EventMessages.Read(notification));
                break;
            case Wire.MessageBody.Log:
                Assert.NotNull(message.DataAsLog().Data);
                break;
        }

        return verdict;
    }

    private static void Read(FrameVerdict verdict, Func<object?> read)
    {
        if (verdict != FrameVerdict.Sound)
        {
            return;
        }

        try
        {
            read();
        }
        catch (RequestException)
        {
            // What the schema does not know (an enumerator, a union's member) is told apart from what cannot be read.
        }
    }
}
