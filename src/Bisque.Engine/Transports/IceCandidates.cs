using Bisque.Model;
using Bisque.Primitives;

namespace Bisque.Engine.Transports;

/// <summary>Describes the sockets of a WebRTC transport as ICE host candidates (RFC 8445 section 5.1).</summary>
internal static class IceCandidates
{
    private const uint HostTypePreference = 64;
    private const uint ComponentTerm = 255;
    private const int FirstLocalPreference = 10_000;
    private const int LocalPreferenceStep = 100;

    /// <summary>How much a protocol that the controller prefers on a shared server is raised.</summary>
    private const int PreferredProtocolBonus = 1000;

    /// <summary>How much less an address that is only exposed in addition is preferred to the announced one.</summary>
    private const uint InternalAddressPenalty = 1000;

    /// <summary>The candidates of sockets that the transport has for itself. Which there are, and in which order, the controller said by its listen infos.</summary>
    public static IceCandidate[] OfOwn(IReadOnlyList<IceSocket> sockets) =>
        [.. sockets.SelectMany((socket, index) => Of(socket, index, bonus: 0))];

    /// <summary>The candidates of those sockets of a server that the transport wants to use. A socket that is left out keeps its place in the order.</summary>
    public static IceCandidate[] OfShared(IReadOnlyList<IceSocket> sockets, WebRtcTransportOptions options) =>
    [
        .. sockets.SelectMany((socket, index) => socket.Info.Protocol == TransportProtocol.Udp
            ? OfShared(socket, index, options.EnableUdp, options.PreferUdp)
            : OfShared(socket, index, options.EnableTcp, options.PreferTcp)),
    ];

    private static IEnumerable<IceCandidate> OfShared(IceSocket socket, int index, bool isEnabled, bool isPreferred) =>
        isEnabled ? Of(socket, index, isPreferred ? PreferredProtocolBonus : 0) : [];

    /// <summary>One, or two when the internal address is exposed too.</summary>
    private static IEnumerable<IceCandidate> Of(IceSocket socket, int index, int bonus)
    {
        var info = socket.Info;
        var localPreference = (uint)Math.Max(FirstLocalPreference - LocalPreferenceStep * index + bonus, 0);
        var priority = (HostTypePreference << 24) + (localPreference << 8) + ComponentTerm;
        yield return Candidate(info.Protocol, info.AnnouncedAddress ?? info.Ip, socket.Local.Port, priority);
        if (info.AnnouncedAddress is not null && info.ExposeInternalIp)
        {
            yield return Candidate(info.Protocol, info.Ip, socket.Local.Port, priority - InternalAddressPenalty);
        }
    }

    private static IceCandidate Candidate(TransportProtocol protocol, string address, ushort port, uint priority) => new()
    {
        Foundation = protocol == TransportProtocol.Udp ? "udpcandidate" : "tcpcandidate",
        Priority = priority,
        Address = address,
        Protocol = protocol,
        Port = port,
        Type = IceCandidateType.Host,
        TcpType = protocol == TransportProtocol.Tcp ? IceCandidateTcpType.Passive : null,
    };
}
