namespace Bisque.Net.Backends;

/// <summary>A descriptor that the loop watches. Disposing closes it; events gathered earlier in the turn are then not delivered.</summary>
internal interface IDescriptor : IDisposable
{
    /// <summary>Which events to watch for. Made with reading on and writing off.</summary>
    void Watch(bool reading, bool writing);
}
