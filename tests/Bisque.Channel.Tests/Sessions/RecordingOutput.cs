using Bisque.Channel.Responses;

namespace Bisque.Channel.Tests.Sessions;

/// <summary>Keeps every frame and reads it as a controller does.</summary>
internal sealed class RecordingOutput : IChannelOutput
{
    public List<byte[]> Frames { get; } = [];

    public long QueuedBytes { get; set; }

    public IEnumerable<ChannelResponse> Responses => Frames.Select(frame => Messages.Frames.Open(frame))
        .Where(message => message.DataType == Wire.MessageBody.Response)
        .Select(message => ResponseMessages.Read(message.DataAsResponse()));

    public IEnumerable<string> Logs => Frames.Select(frame => Messages.Frames.Open(frame))
        .Where(message => message.DataType == Wire.MessageBody.Log)
        .Select(message => message.DataAsLog().Data);

    public void Write(ReadOnlySpan<byte> frame) => Frames.Add(frame.ToArray());
}
