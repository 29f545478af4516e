using System.Collections.Concurrent;
using Bisque.Channel.Events;
using Bisque.Channel.Responses;
using Bisque.Channel.Verification;
using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Client;

/// <summary>Reads the worker's stream: answers go to whoever asked, events and logs to the handlers.</summary>
internal sealed class IncomingMessages(ConcurrentDictionary<uint, PendingRequest> pending, ChannelClientHandlers handlers)
{
    private readonly FrameReader _reader = new();

    /// <summary>Takes bytes of the stream. False when it is beyond repair.</summary>
    public bool Receive(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            switch (_reader.Read(ref bytes, out var message))
            {
                case FrameStatus.Complete:
                    Dispatch(message);
                    break;
                case FrameStatus.Impossible:
                    handlers.Fault?.Invoke(new InvalidDataException("A length that no message can have."));
                    return false;
                default:
                    return true;
            }
        }
    }

    private void Dispatch(ArraySegment<byte> frame)
    {
        var verdict = FrameVerifier.Verify(frame);
        if (verdict == FrameVerdict.Malformed)
        {
            handlers.Fault?.Invoke(new InvalidDataException("A message that is not well formed."));
            return;
        }

        var message = Wire.Message.GetRootAsMessage(new ByteBuffer(frame.Array, frame.Offset));
        try
        {
            switch (message.DataType)
            {
                case Wire.MessageBody.Response:
                    Complete(message.DataAsResponse(), verdict);
                    break;
                case Wire.MessageBody.Notification when verdict == FrameVerdict.Sound:
                    handlers.Event?.Invoke(EventMessages.Read(message.DataAsNotification()));
                    break;
                case Wire.MessageBody.Log:
                    handlers.Log?.Invoke(message.DataAsLog().Data);
                    break;
                default:
                    handlers.Fault?.Invoke(new InvalidDataException("A message that is not for a controller."));
                    break;
            }
        }
        catch (Exception fault)
        {
            handlers.Fault?.Invoke(fault);
        }
    }

    private void Complete(Wire.Response wire, FrameVerdict verdict)
    {
        if (!pending.TryRemove(wire.Id, out var request))
        {
            return;
        }

        if (verdict != FrameVerdict.Sound)
        {
            request.Fail(new InvalidDataException("The answer is not well formed."));
            return;
        }

        try
        {
            var response = ResponseMessages.Read(wire);
            if (!response.Accepted)
            {
                request.Fail(RequestException.Create(ResponseMessages.ErrorKind(response.Error), response.Reason ?? ""));
            }
            else if (wire.BodyType != Wire.ResponseBody.NONE && !ResponseBodies.Fits(request.Method, wire.BodyType))
            {
                request.Fail(new InvalidDataException($"{request.Method} is not answered with {wire.BodyType}."));
            }
            else
            {
                request.Complete(response.Body);
            }
        }
        catch (RequestException mismatch)
        {
            request.Fail(new InvalidDataException("The answer holds what this version does not know.", mismatch));
        }
    }
}
