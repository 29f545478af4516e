using Bisque.Channel.Notifications;
using Bisque.Channel.Requests;
using Bisque.Channel.Verification;
using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel;

/// <summary>
/// The worker's side of the channel: bytes go in, requests go to the handler in order, answers and events come out as frames.
/// Single-threaded; does no I/O of its own.
/// </summary>
public sealed class ChannelSession(IRequestHandler handler, IChannelOutput output)
{
    private readonly FrameReader _reader = new();
    private readonly MessageWriter _writer = new();

    /// <summary>Told of every exception that is not a <see cref="RequestException"/>: the request was answered with an error.</summary>
    public Action<Exception>? Faulted { get; set; }

    /// <summary>Told of every request or notification that was rejected, so that it can be logged.</summary>
    public Action<RequestException>? Rejected { get; set; }

    /// <summary>Frames that could not be read or that are not for a worker.</summary>
    public long MalformedFrames { get; private set; }

    /// <summary>Bounds what waits for the controller.</summary>
    public OutputBudget Budget { get; } = new();

    /// <summary>Takes bytes of the stream and does what they ask for. False when the stream is beyond repair and must be closed.</summary>
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
                    Malformed("a length that no message can have");
                    return false;
                default:
                    return true;
            }
        }
    }

    /// <summary>Tells the controller of an event.</summary>
    public void Send(WorkerEvent workerEvent)
    {
        if (!OutputBudget.IsDroppable(workerEvent) || HasRoom())
        {
            var frame = _writer.Event(workerEvent);
            if (IsTooLong(frame))
            {
                Log($"EChannelSession::Send() | {workerEvent.GetType().Name} is longer than a message may be and was dropped");
                return;
            }

            output.Write(frame);
        }
    }

    /// <summary>Hands the controller a packet that a direct transport's consumer sends; dropped while it reads too slowly.</summary>
    public void SendConsumerRtp(string consumerId, ReadOnlySpan<byte> packet)
    {
        if (HasRoom())
        {
            output.Write(_writer.ConsumerRtp(consumerId, packet));
        }
    }

    /// <summary>Hands the controller RTCP that a direct transport sends; dropped while it reads too slowly.</summary>
    public void SendDirectTransportRtcp(string transportId, ReadOnlySpan<byte> packet)
    {
        if (HasRoom())
        {
            output.Write(_writer.DirectTransportRtcp(transportId, packet));
        }
    }

    /// <summary>Hands the controller a message of a direct data consumer; dropped while it reads too slowly.</summary>
    public void SendDataConsumerMessage(string dataConsumerId, uint ppid, ReadOnlySpan<byte> message)
    {
        if (!HasRoom())
        {
            return;
        }

        var frame = _writer.DataConsumerMessage(dataConsumerId, ppid, message);
        if (IsTooLong(frame))
        {
            Log("EChannelSession::SendDataConsumerMessage() | a data message is longer than a message of the channel may be and was dropped");
            return;
        }

        output.Write(frame);
    }

    /// <summary>Writes a line of log; its first character is the level.</summary>
    public void Log(string line)
    {
        if (HasRoom() && _writer.Log(line) is var frame && !IsTooLong(frame))
        {
            output.Write(frame);
        }
    }

    private static bool IsTooLong(ReadOnlySpan<byte> frame) => frame.Length > FrameReader.MaxMessageLength + FrameReader.PrefixLength;

    private void Dispatch(ArraySegment<byte> frame)
    {
        var verdict = FrameVerifier.Verify(frame);
        if (verdict == FrameVerdict.Malformed)
        {
            Malformed("a message that is not well formed");
            return;
        }

        var message = Wire.Message.GetRootAsMessage(new ByteBuffer(frame.Array, frame.Offset));
        switch (message.DataType)
        {
            case Wire.MessageBody.Request:
                Answer(message.DataAsRequest(), verdict);
                break;
            case Wire.MessageBody.Notification when verdict == FrameVerdict.Sound:
                Notify(message.DataAsNotification());
                break;
            default:
                Malformed("a message that is not for a worker");
                break;
        }
    }

    private void Answer(Wire.Request request, FrameVerdict verdict)
    {
        var id = request.Id;
        ReadOnlySpan<byte> answer;
        try
        {
            if (verdict == FrameVerdict.BodyMalformed)
            {
                MalformedFrames++;
                throw RequestException.Error("the body is not well formed");
            }

            var read = RequestMessages.Read(request);
            answer = _writer.Accepted(id, read.Method, handler.Handle(read));
            if (IsTooLong(answer))
            {
                throw RequestException.Error("the answer is longer than a message may be");
            }
        }
        catch (RequestException rejection)
        {
            Rejected?.Invoke(rejection);
            answer = _writer.Rejected(id, rejection.Kind, rejection.Message);
        }
        catch (Exception fault)
        {
            Faulted?.Invoke(fault);
            answer = _writer.Rejected(id, RequestErrorKind.Error, "internal error");
        }

        output.Write(answer);
    }

    private void Notify(Wire.Notification notification)
    {
        try
        {
            handler.Notify(NotificationMessages.Read(notification));
        }
        catch (RequestException rejection)
        {
            Rejected?.Invoke(rejection);
        }
        catch (Exception fault)
        {
            Faulted?.Invoke(fault);
        }
    }

    private void Malformed(string what)
    {
        MalformedFrames++;
        Log($"EChannelSession::Receive() | {what}");
    }

    private bool HasRoom()
    {
        var allowed = Budget.Allows(output.QueuedBytes, out var warn);
        if (warn)
        {
            output.Write(_writer.Log("WChannelSession::Send() | the controller reads too slowly: logs, traces and direct media are dropped"));
        }

        return allowed;
    }
}
