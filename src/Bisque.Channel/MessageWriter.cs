using Bisque.Channel.Events;
using Bisque.Channel.Framing;
using Bisque.Channel.Notifications;
using Bisque.Channel.Requests;
using Bisque.Channel.Responses;
using Bisque.Model;

namespace Bisque.Channel;

/// <summary>Writes every message of the channel, in both directions. A returned frame, prefix included, is valid until the next call.</summary>
public sealed class MessageWriter
{
    private readonly FrameWriter _frames = new();

    // The builder takes arrays, not spans.
    private byte[] _packet = new byte[2048];

    /// <summary>A request to the worker.</summary>
    public ReadOnlySpan<byte> Request(ChannelRequest request) =>
        _frames.Finish(Wire.MessageBody.Request, RequestMessages.Write(_frames.Begin(), request));

    /// <summary>The answer to a request that was done.</summary>
    public ReadOnlySpan<byte> Accepted(uint id, RequestMethod method, object? body) =>
        _frames.Finish(Wire.MessageBody.Response, ResponseMessages.WriteAccepted(_frames.Begin(), id, method, body));

    /// <summary>The answer to a request that was not done.</summary>
    public ReadOnlySpan<byte> Rejected(uint id, RequestErrorKind kind, string reason) =>
        _frames.Finish(Wire.MessageBody.Response, ResponseMessages.WriteRejected(_frames.Begin(), id, kind, reason));

    /// <summary>A notification to the worker.</summary>
    public ReadOnlySpan<byte> Notification(ChannelNotification notification) =>
        _frames.Finish(Wire.MessageBody.Notification, NotificationMessages.Write(_frames.Begin(), notification));

    /// <summary>An event of the worker.</summary>
    public ReadOnlySpan<byte> Event(WorkerEvent workerEvent) =>
        _frames.Finish(Wire.MessageBody.Notification, EventMessages.Write(_frames.Begin(), workerEvent));

    /// <summary>An RTP packet of a direct transport's consumer, as <see cref="ConsumerRtpEvent"/>.</summary>
    public ReadOnlySpan<byte> ConsumerRtp(string consumerId, ReadOnlySpan<byte> packet) =>
        _frames.Finish(Wire.MessageBody.Notification, EventMessages.WriteConsumerRtp(_frames.Begin(), consumerId, Hold(packet)));

    /// <summary>An RTCP packet of a direct transport, as <see cref="DirectTransportRtcpEvent"/>.</summary>
    public ReadOnlySpan<byte> DirectTransportRtcp(string transportId, ReadOnlySpan<byte> packet) =>
        _frames.Finish(Wire.MessageBody.Notification, EventMessages.WriteDirectTransportRtcp(_frames.Begin(), transportId, Hold(packet)));

    /// <summary>A message of a direct data consumer, as <see cref="DataConsumerMessageEvent"/>.</summary>
    public ReadOnlySpan<byte> DataConsumerMessage(string dataConsumerId, uint ppid, ReadOnlySpan<byte> message) => _frames.Finish(
        Wire.MessageBody.Notification,
        EventMessages.WriteDataConsumerMessage(_frames.Begin(), dataConsumerId, ppid, Hold(message)));

    /// <summary>A line of log. Its first character is the level: <c>D</c>, <c>W</c>, <c>E</c>, or <c>X</c> for a dump.</summary>
    public ReadOnlySpan<byte> Log(string line)
    {
        var builder = _frames.Begin();
        return _frames.Finish(Wire.MessageBody.Log, Wire.Log.CreateLog(builder, builder.CreateString(line)).Value);
    }

    private ReadOnlyMemory<byte> Hold(ReadOnlySpan<byte> packet)
    {
        if (packet.Length > _packet.Length)
        {
            _packet = new byte[packet.Length];
        }

        packet.CopyTo(_packet);
        return _packet.AsMemory(0, packet.Length);
    }
}
