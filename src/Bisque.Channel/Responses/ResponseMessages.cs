using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Responses;

/// <summary>Responses on the wire.</summary>
internal static class ResponseMessages
{
    /// <summary>Reads a response of a sound frame.</summary>
    public static ChannelResponse Read(Wire.Response response) =>
        new(response.Id, response.Accepted, response.Accepted ? ResponseBodies.Read(response) : null, response.Error, response.Reason);

    /// <summary>Writes the answer to a request that was done.</summary>
    public static int WriteAccepted(FlatBufferBuilder builder, uint id, RequestMethod method, object? body)
    {
        var (kind, offset) = ResponseBodies.Write(builder, body);
        if (!ResponseBodies.Fits(method, kind))
        {
            throw new ArgumentException($"{method} is not answered with {body?.GetType().Name ?? "nothing"}.", nameof(body));
        }

        return Wire.Response.CreateResponse(builder, id, accepted: true, kind, offset).Value;
    }

    /// <summary>Writes the answer to a request that was not done. The controller needs the error's class or never settles the request.</summary>
    public static int WriteRejected(FlatBufferBuilder builder, uint id, RequestErrorKind kind, string reason)
    {
        var error = builder.CreateString(ErrorName(kind));
        return Wire.Response.CreateResponse(
            builder,
            id,
            accepted: false,
            errorOffset: error,
            reasonOffset: builder.CreateString(reason)).Value;
    }

    /// <summary>The class that an error's name stands for; a name that is not known is a plain error.</summary>
    public static RequestErrorKind ErrorKind(string? name) => name switch
    {
        "TypeError" => RequestErrorKind.TypeError,
        "NotFoundError" => RequestErrorKind.NotFoundError,
        _ => RequestErrorKind.Error,
    };

    private static string ErrorName(RequestErrorKind kind) => kind switch
    {
        RequestErrorKind.TypeError => "TypeError",
        RequestErrorKind.NotFoundError => "NotFoundError",
        _ => "Error",
    };
}
