using Bisque.Channel.Requests;
using Bisque.Channel.Responses;
using Bisque.Channel.Verification;
using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Tests.Messages;

/// <summary>Frames of every message, and what is read from a frame.</summary>
internal static class Frames
{
    /// <summary>A writer serves one thread, and test classes run side by side: each message gets its own.</summary>
    private static MessageWriter Writer => new();

    public static IEnumerable<RequestMethod> Methods => Enum.GetValues<RequestMethod>();

    /// <summary>The record that a method takes, full or minimal; null where it takes none.</summary>
    public static object? RequestBody(RequestMethod method, bool full) =>
        RequestBodies.For(method) is var body && body == Wire.RequestBody.NONE ? null : Sample.Create(ModelType(body.ToString()), full);

    /// <summary>Every record that a method may be answered with.</summary>
    public static IEnumerable<object?> ResponseBody(RequestMethod method, bool full) => Enum.GetValues<Wire.ResponseBody>()
        .Where(body => ResponseBodies.Fits(method, body))
        .Select(body => body == Wire.ResponseBody.NONE ? null : Sample.Create(ModelType(body.ToString()), full));

    public static IEnumerable<ChannelNotification> Notifications(bool full) =>
    [
        new(NotificationEvent.WorkerClose, "", null),
        new(NotificationEvent.TransportSendRtcp, "t", Sample.Create(typeof(SendRtcpNotification), full)),
        new(NotificationEvent.ProducerSend, "p", Sample.Create(typeof(ProducerSendNotification), full)),
        new(NotificationEvent.DataProducerSend, "d", Sample.Create(typeof(DataProducerSendNotification), full)),
    ];

    /// <summary>One frame of each message, full and minimal, without length prefixes.</summary>
    public static IReadOnlyList<byte[]> All() => [.. Of(full: true), .. Of(full: false)];

    /// <summary>One frame of each message, without length prefixes.</summary>
    public static IReadOnlyList<byte[]> Of(bool full)
    {
        var frames = new List<byte[]> { Message(Writer.Log("E everything")), Message(Writer.Rejected(7, RequestErrorKind.TypeError, "no")) };
        foreach (var method in Methods)
        {
            frames.Add(Message(Writer.Request(new ChannelRequest(1, method, "id", RequestBody(method, full)))));
            frames.AddRange(ResponseBody(method, full).Select(body => Message(Writer.Accepted(2, method, body))));
        }

        frames.AddRange(Notifications(full).Select(notification => Message(Writer.Notification(notification))));
        frames.AddRange(Sample.Events(full).Select(workerEvent => Message(Writer.Event(workerEvent))));
        return frames;
    }

    public static byte[] Message(ReadOnlySpan<byte> frame) => frame[FrameReader.PrefixLength..].ToArray();

    /// <summary>The root of a frame without prefix, which must be sound.</summary>
    public static Wire.Message Open(ReadOnlySpan<byte> frame)
    {
        var message = Message(frame);
        Assert.Equal(FrameVerdict.Sound, FrameVerifier.Verify(message));
        return Wire.Message.GetRootAsMessage(new ByteBuffer(message));
    }

    private static Type ModelType(string name) =>
        typeof(WorkerEvent).Assembly.GetType($"Bisque.Model.{name.Replace("ConsumerDumpResponse", "ConsumerDump", StringComparison.Ordinal)}", throwOnError: true)!;
}
