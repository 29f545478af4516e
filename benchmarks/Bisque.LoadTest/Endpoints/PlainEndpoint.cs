using Bisque.Net;
using Bisque.Primitives;
using Bisque.Srtp;

namespace Bisque.LoadTest.Endpoints;

/// <summary>Our end of a PlainTransport with SRTP.</summary>
internal sealed class PlainEndpoint(EventLoop loop) : MediaEndpoint(loop)
{
    public void Connect(TransportAddress remote, SrtpProfile profile, ReadOnlySpan<byte> localKey, ReadOnlySpan<byte> remoteKey)
    {
        Remote = remote;
        SetKeys(profile, localKey, remoteKey);
    }
}
