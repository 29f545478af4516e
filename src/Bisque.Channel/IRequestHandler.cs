namespace Bisque.Channel;

/// <summary>What a <see cref="ChannelSession"/> hands the controller's messages to.</summary>
public interface IRequestHandler
{
    /// <summary>
    /// Does what is asked and returns the record that the method is answered with, null where it has none.
    /// A <see cref="Model.RequestException"/> rejects the request.
    /// </summary>
    object? Handle(ChannelRequest request);

    /// <summary>Takes a notification.</summary>
    void Notify(ChannelNotification notification);
}
