using Bisque.Model;
using Bisque.Primitives;

namespace Bisque.Engine.Transports;

/// <summary>Describes the sockets of a WebRTC transport as ICE host candidates (RFC 8445 section 5.1).</summary>
internal static class IceCandidates
{
    private const uint HostTypePreference = 64;
    private const uint ComponentTerm = 255;
    private const uint FirstLocalPreference = 10_000;
    private const uint LocalPreferenceStep = 100;

    /// <summary>How much less an address that is only exposed in addition is preferred to the announced one.</summary>
    private const uint InternalAddressPenalty = 1000;

    /// <summary>The candidates of the socket bound for the <paramref name="index"/>-th listen info: one, or two when the internal address is exposed too.</summary>
    public static IEnumerable<IceCandidate> Of(ListenInfo info, int index, ushort port)
    {
        var localPreference = FirstLocalPreference - LocalPreferenceStep * (uint)index;
        var priority = (HostTypePreference << 24) + (localPreference << 8) + ComponentTerm;
        yield return Candidate(info.Protocol, info.AnnouncedAddress ?? info.Ip, port, priority);
        if (info.AnnouncedAddress is not null && info.ExposeInternalIp)
        {
            yield return Candidate(info.Protocol, info.Ip, port, priority - InternalAddressPenalty);
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
