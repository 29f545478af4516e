namespace Bisque.Channel.Tests.Sessions;

/// <summary>Notes what it is asked for and answers as the test says.</summary>
internal sealed class RecordingHandler : IRequestHandler
{
    public List<ChannelRequest> Requests { get; } = [];

    public List<ChannelNotification> Notifications { get; } = [];

    public Func<ChannelRequest, object?> Answer { get; set; } = _ => null;

    public object? Handle(ChannelRequest request)
    {
        Requests.Add(request);
        return Answer(request);
    }

    public void Notify(ChannelNotification notification) => Notifications.Add(notification);
}
