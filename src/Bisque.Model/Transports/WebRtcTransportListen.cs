namespace Bisque.Model;

/// <summary>Where a WebRTC transport listens.</summary>
public abstract record WebRtcTransportListen
{
    private protected WebRtcTransportListen()
    {
    }
}

/// <summary>The transport has ports of its own.</summary>
public sealed record ListenIndividual(IReadOnlyList<ListenInfo> ListenInfos) : WebRtcTransportListen;

/// <summary>The transport shares the ports of a WebRTC server.</summary>
public sealed record ListenServer(string WebRtcServerId) : WebRtcTransportListen;
