using System.Diagnostics.CodeAnalysis;
using Bisque.Engine.Internal;
using Bisque.Engine.Transports;
using Bisque.Ice;
using Bisque.Model;
using Bisque.Net;

namespace Bisque.Engine;

/// <summary>
/// Ports that many WebRTC transports share. Who a packet belongs to follows from the tuple it came over; over a tuple that nobody
/// knows, only a connectivity check is heard, and goes to the transport whose user name fragment it names.
/// </summary>
public sealed class WebRtcServer : IIcePacketHandler
{
    private readonly WorkerContext _context;
    private readonly Dictionary<string, WebRtcTransport> _transports = [];
    private readonly Dictionary<string, WebRtcTransport> _byUsernameFragment = [];
    private readonly Dictionary<IceTuple, WebRtcTransport> _byTuple = [];
    private bool _isClosed;

    /// <exception cref="RequestException">TypeError: no listen infos, or a bad one. Error: one could not be bound, or the id is taken.</exception>
    internal WebRtcServer(WorkerContext context, string id, IReadOnlyList<ListenInfo> listenInfos)
    {
        if (listenInfos.Count == 0)
        {
            throw RequestException.TypeError("wrong listenInfos (empty array)");
        }

        _context = context;
        Id = id;
        context.Handlers.CheckFree(id);
        Listener = new IceListener(context, listenInfos, this, IceListenerLimits.Server);
        context.Handlers.Add(id, this, takesNotifications: false);
    }

    /// <summary>The controller's name for the server.</summary>
    public string Id { get; }

    internal IceListener Listener { get; }

    /// <summary>Packets that no transport wanted.</summary>
    internal long UnexpectedPackets { get; private set; }

    /// <summary>Tuples that packets are told apart by, at most <see cref="IceLiteAgent.MaximumTuples"/> of each transport.</summary>
    internal int TupleCount => _byTuple.Count;

    /// <summary>What the server has and who uses it.</summary>
    public WebRtcServerDump Dump() => new()
    {
        Id = Id,
        UdpSockets = [.. Listener.Sockets.Where(socket => socket.Udp is not null).Select(Describe)],
        TcpServers = [.. Listener.Sockets.Where(socket => socket.Tcp is not null).Select(Describe)],
        WebRtcTransportIds = [.. _transports.Keys],
        LocalIceUsernameFragments =
        [
            .. _byUsernameFragment.Select(pair => new IceUserNameFragment
            {
                LocalIceUsernameFragment = pair.Key,
                WebRtcTransportId = pair.Value.Id,
            }),
        ],
    };

    /// <summary>What the server's ports had to drop so far; what its transports dropped, they tell themselves.</summary>
    public DroppedPackets GetDroppedPackets() => new DroppedPackets { Unexpected = UnexpectedPackets }.Plus(Listener);

    void IIcePacketHandler.OnPacket(in IceTuple tuple, PacketBuffer packet)
    {
        if (_byTuple.TryGetValue(tuple, out var transport))
        {
            (IsDisputed(transport, tuple) && TryFindByUsername(packet.Span, out var claimant) ? claimant : transport).Receive(tuple, packet);
            return;
        }

        if (TryFindByUsername(packet.Span, out transport))
        {
            transport.Receive(tuple, packet);
            return;
        }

        UnexpectedPackets++;
        if (_context.Log.WarnsAboutPacket(LogTags.Ice, _context.Now))
        {
            _context.Log.Warn(nameof(WebRtcServer), $"no transport for a packet [webRtcServerId:{Id}]");
        }
    }

    void IIcePacketHandler.OnConnectionClosed(in IceTuple tuple)
    {
        if (_byTuple.TryGetValue(tuple, out var transport))
        {
            transport.OnConnectionClosed(tuple);
        }
    }

    internal void Add(WebRtcTransport transport) => _transports.Add(transport.Id, transport);

    internal void Add(WebRtcTransport transport, IceCredentials credentials) => _byUsernameFragment[credentials.UsernameFragment] = transport;

    /// <summary>A check of <paramref name="transport"/>'s peer came over the tuple. If it was another's, that one loses it.</summary>
    internal void Add(WebRtcTransport transport, in IceTuple tuple)
    {
        if (_byTuple.TryGetValue(tuple, out var former) && former != transport)
        {
            former.OnTupleTaken(tuple);
        }

        _byTuple[tuple] = transport;
    }

    internal void Remove(WebRtcTransport transport) => _transports.Remove(transport.Id);

    internal void Remove(IceCredentials credentials) => _byUsernameFragment.Remove(credentials.UsernameFragment);

    internal void Remove(in IceTuple tuple) => _byTuple.Remove(tuple);

    /// <summary>Closes the transports that use it and then the ports. Nobody is told: whoever asked for it knows.</summary>
    internal void Close()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _context.Log.Debug(LogTags.Info, nameof(WebRtcServer), $"is closed; dropped: {GetDroppedPackets()} [webRtcServerId:{Id}]");
        foreach (var transport in _transports.Values.ToArray())
        {
            transport.Router.CloseTransport(transport.Id);
        }

        Listener.Dispose();
        _context.Handlers.Remove(Id);
    }

    private static IpPort Describe(IceSocket socket) => new() { Ip = socket.Local.Address.ToString(), Port = socket.Local.Port };

    /// <summary>
    /// Whether a check for another transport is heard over a tuple that is one's. A check can be sent with a made-up source address, so that
    /// whoever may connect to one transport could keep the peer of another from it; a handshake, or protected media, that came over the tuple
    /// settles whose it is. TCP connections cannot be made up.
    /// </summary>
    private static bool IsDisputed(WebRtcTransport owner, in IceTuple tuple) =>
        tuple.Protocol == Primitives.TransportProtocol.Udp && !owner.IsSecuredOver(tuple);

    private bool TryFindByUsername(ReadOnlySpan<byte> packet, [MaybeNullWhen(false)] out WebRtcTransport transport)
    {
        transport = null;
        return StunMessage.LooksLikeStun(packet)
            && StunMessage.TryParse(packet, out var message)
            && message.Class == StunClass.Request
            && TextTable.TryFind(_byUsernameFragment, message.LocalUsernameFragment, out transport);
    }
}
