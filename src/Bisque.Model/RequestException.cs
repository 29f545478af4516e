namespace Bisque.Model;

/// <summary>The class of error that a rejected request is answered with.</summary>
public enum RequestErrorKind
{
    /// <summary>The request cannot be done.</summary>
    Error,

    /// <summary>The request is not well formed.</summary>
    TypeError,

    /// <summary>The request is for an entity that does not exist.</summary>
    NotFoundError,
}

/// <summary>A request was rejected; the controller receives the kind and the message.</summary>
public sealed class RequestException : Exception
{
    private RequestException(RequestErrorKind kind, string message)
        : base(message) =>
        Kind = kind;

    /// <summary>The class of error.</summary>
    public RequestErrorKind Kind { get; }

    /// <summary>The request cannot be done.</summary>
    public static RequestException Error(string message) => new(RequestErrorKind.Error, message);

    /// <summary>The request is not well formed.</summary>
    public static RequestException TypeError(string message) => new(RequestErrorKind.TypeError, message);

    /// <summary>The request is for an entity that does not exist.</summary>
    public static RequestException NotFound(string message) => new(RequestErrorKind.NotFoundError, message);

    /// <summary>An exception of the given kind.</summary>
    public static RequestException Create(RequestErrorKind kind, string message) => new(kind, message);
}
