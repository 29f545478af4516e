using Bisque.Net;

namespace Bisque.LoadTest.Endpoints;

/// <summary>What an endpoint hands its packets to, still protected.</summary>
internal interface IMediaSink
{
    void OnRtp(MediaEndpoint endpoint, PacketBuffer packet);

    void OnRtcp(MediaEndpoint endpoint, PacketBuffer packet);
}
