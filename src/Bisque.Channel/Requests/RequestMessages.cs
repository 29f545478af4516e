using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Requests;

/// <summary>Requests on the wire.</summary>
internal static class RequestMessages
{
    /// <summary>Reads a request of a sound frame; a body that does not go with the method rejects it.</summary>
    public static ChannelRequest Read(Wire.Request request)
    {
        if (request.Method > Wire.RequestMethod.RTPOBSERVER_REMOVE_PRODUCER)
        {
            throw RequestException.Error($"unknown method {(byte)request.Method}");
        }

        var method = (RequestMethod)request.Method;
        var expected = RequestBodies.For(method);
        if (expected == Wire.RequestBody.NONE)
        {
            return new ChannelRequest(request.Id, method, request.HandlerId, null);
        }

        if (request.BodyType != expected)
        {
            throw RequestException.Error(
                request.BodyType == Wire.RequestBody.NONE ? $"{method} has no body" : $"{method} has the body of another method");
        }

        return new ChannelRequest(request.Id, method, request.HandlerId, RequestBodies.Read(request));
    }

    /// <summary>Writes a request.</summary>
    public static int Write(FlatBufferBuilder builder, ChannelRequest request)
    {
        var handlerId = builder.CreateString(request.HandlerId);
        var (kind, body) = RequestBodies.Write(builder, request.Body);
        return Wire.Request.CreateRequest(builder, request.Id, (Wire.RequestMethod)request.Method, handlerId, kind, body).Value;
    }
}
