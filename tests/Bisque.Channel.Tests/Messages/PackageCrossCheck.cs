using Bisque.Channel.Events;
using Bisque.Channel.Notifications;
using Bisque.Channel.Requests;
using Bisque.Channel.Responses;
using Bisque.Channel.Verification;
using Google.FlatBuffers;

namespace Bisque.Channel.Tests.Messages;

/// <summary>
/// Two halves of interop/schema/cross-check.mjs, which runs them: between them the npm package reads every frame and writes it anew.
/// The folder comes in the environment variable BISQUE_FRAMES.
/// </summary>
public sealed class PackageCrossCheck
{
    private static string Folder => Environment.GetEnvironmentVariable("BISQUE_FRAMES") ?? throw new InvalidOperationException("BISQUE_FRAMES is not set.");

    [Fact(Explicit = true)]
    public void Frames_are_written_for_the_package()
    {
        var frames = Frames.Of(full: true);
        for (var i = 0; i < frames.Count; i++)
        {
            File.WriteAllBytes(Path.Combine(Folder, $"{i}.ours"), frames[i]);
        }
    }

    [Fact(Explicit = true)]
    public void Frames_of_the_package_say_the_same()
    {
        var frames = Frames.Of(full: true);
        for (var i = 0; i < frames.Count; i++)
        {
            Assert.Equal(Describe(frames[i]), Describe(File.ReadAllBytes(Path.Combine(Folder, $"{i}.theirs"))));
        }
    }

    private static string Describe(byte[] frame)
    {
        Assert.Equal(FrameVerdict.Sound, FrameVerifier.Verify(frame));
        var message = Wire.Message.GetRootAsMessage(new ByteBuffer(frame));
        return Sample.Describe(message.DataType switch
        {
            Wire.MessageBody.Request => RequestMessages.Read(message.DataAsRequest()),
            Wire.MessageBody.Response => ResponseMessages.Read(message.DataAsResponse()),
            Wire.MessageBody.Log => message.DataAsLog().Data,
            _ when message.DataAsNotification().Event < Wire.NotificationEvent.WORKER_RUNNING =>
                NotificationMessages.Read(message.DataAsNotification()),
            _ => EventMessages.Read(message.DataAsNotification()),
        });
    }
}
