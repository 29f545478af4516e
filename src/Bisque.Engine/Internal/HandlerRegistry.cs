using Bisque.Model;

namespace Bisque.Engine.Internal;

/// <summary>
/// Who answers the requests and notifications sent to an id. An id is taken by one entity at a time in the whole worker, and is
/// given back when that entity closes.
/// </summary>
internal sealed class HandlerRegistry
{
    private readonly Dictionary<string, object> _requests = [];
    private readonly Dictionary<string, object> _notifications = [];

    public IReadOnlyCollection<string> RequestHandlerIds => _requests.Keys;

    public IReadOnlyCollection<string> NotificationHandlerIds => _notifications.Keys;

    /// <exception cref="RequestException">The id belongs to another entity.</exception>
    public void Add(string id, object entity, bool takesNotifications)
    {
        CheckFree(id);
        _requests.Add(id, entity);
        if (takesNotifications)
        {
            _notifications.Add(id, entity);
        }
    }

    /// <exception cref="RequestException">The id belongs to another entity.</exception>
    public void CheckFree(string id)
    {
        if (_requests.ContainsKey(id))
        {
            throw RequestException.Error($"Channel request handler with ID {id} already exists");
        }
    }

    public void Remove(string id)
    {
        _requests.Remove(id);
        _notifications.Remove(id);
    }

    public object? FindRequestHandler(string id) => _requests.GetValueOrDefault(id);

    public object? FindNotificationHandler(string id) => _notifications.GetValueOrDefault(id);
}
