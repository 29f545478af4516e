using Bisque.Primitives;

namespace Bisque.Net.Backends;

/// <summary>A listening TCP socket of a back end.</summary>
internal interface IListenDescriptor : IDescriptor
{
    TransportAddress Local { get; }

    /// <summary>
    /// Takes one waiting connection, not watched until <see cref="IAcceptedConnection.Open"/>. Null when none waits, or with
    /// <paramref name="error"/> when taking one failed.
    /// </summary>
    IAcceptedConnection? Accept(out NetError? error);
}
