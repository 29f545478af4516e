using Bisque.Engine.Internal;
using Bisque.Model;
using Bisque.Net;

namespace Bisque.Engine;

/// <summary>
/// A media worker: routers and what they hold, on one loop. Every member is called on that loop's thread. It does not own the loop
/// and never ends the process.
/// </summary>
public sealed class MediaWorker : IDisposable
{
    private readonly WorkerContext _context;
    private readonly Dictionary<string, Router> _routers = [];
    private bool _closed;

    /// <summary>Makes a worker on <paramref name="loop"/>, whose end of turn it takes over.</summary>
    public MediaWorker(EventLoop loop, MediaWorkerOptions options, IMediaWorkerEvents events)
    {
        _context = new WorkerContext(loop, options, events);
        loop.EndOfTurn = _context.Outbox.Flush;
    }

    /// <summary>The routers, by id.</summary>
    public IReadOnlyDictionary<string, Router> Routers => _routers;

    /// <summary>Faults caught at a boundary since the worker started; each closed the transport that it belonged to.</summary>
    public long FaultCount => _context.FaultCount;

    internal WorkerContext Context => _context;

    /// <summary>Makes a router.</summary>
    /// <exception cref="RequestException">Error: the id is taken.</exception>
    public Router CreateRouter(string routerId)
    {
        if (_routers.ContainsKey(routerId))
        {
            throw RequestException.Error($"a Router with same routerId {routerId} already exists");
        }

        var router = new Router(_context, routerId);
        _routers.Add(routerId, router);
        return router;
    }

    /// <summary>Closes a router with everything in it.</summary>
    /// <exception cref="RequestException">NotFoundError: there is no such router.</exception>
    public void CloseRouter(string routerId)
    {
        if (!_routers.Remove(routerId, out var router))
        {
            throw RequestException.NotFound($"Router {routerId} not found");
        }

        router.Close();
    }

    /// <summary>Makes a WebRTC server: ports that WebRTC transports of any router can share.</summary>
    /// <exception cref="RequestException">Error: the id is taken or an address could not be bound. TypeError: bad listen infos.</exception>
    public WebRtcServer CreateWebRtcServer(CreateWebRtcServerRequest request)
    {
        if (_context.WebRtcServers.ContainsKey(request.WebRtcServerId))
        {
            throw RequestException.Error($"a WebRtcServer with same webRtcServerId {request.WebRtcServerId} already exists");
        }

        var server = new WebRtcServer(_context, request.WebRtcServerId, request.ListenInfos);
        _context.WebRtcServers.Add(server.Id, server);
        return server;
    }

    /// <summary>Closes a WebRTC server with the transports that use it, wherever they are.</summary>
    /// <exception cref="RequestException">NotFoundError: there is no such server.</exception>
    public void CloseWebRtcServer(string webRtcServerId)
    {
        if (!_context.WebRtcServers.Remove(webRtcServerId, out var server))
        {
            throw RequestException.NotFound($"WebRtcServer {webRtcServerId} not found");
        }

        server.Close();
    }

    /// <summary>Changes what is logged. Settings that are not given stay.</summary>
    /// <exception cref="RequestException">TypeError: the level is none of debug, warn, error and none.</exception>
    public void UpdateSettings(UpdateSettingsRequest request)
    {
        var settings = _context.Log.Settings;
        if (request.LogLevel is not null)
        {
            if (!LogSettings.TryParseLevel(request.LogLevel, out var level))
            {
                throw RequestException.TypeError($"invalid logLevel '{request.LogLevel}'");
            }

            settings = settings with { Level = level };
        }

        if (request.LogTags is not null)
        {
            settings = settings with { Tags = LogSettings.ParseTags(request.LogTags) };
        }

        _context.Log.Settings = settings;
    }

    /// <summary>What the worker holds.</summary>
    public WorkerDump Dump() => new()
    {
        Pid = (uint)Environment.ProcessId,
        WebRtcServerIds = [.. _context.WebRtcServers.Keys],
        RouterIds = [.. _routers.Keys],
        ChannelMessageHandlers = new ChannelMessageHandlers
        {
            ChannelRequestHandlers = [.. _context.Handlers.RequestHandlerIds],
            ChannelNotificationHandlers = [.. _context.Handlers.NotificationHandlerIds],
        },
    };

    /// <summary>The router, server, transport, producer or consumer that answers requests sent to an id; null when there is none.</summary>
    public object? FindRequestHandler(string id) => _context.Handlers.FindRequestHandler(id);

    /// <summary>The entity that takes notifications sent to an id; null when there is none.</summary>
    public object? FindNotificationHandler(string id) => _context.Handlers.FindNotificationHandler(id);

    /// <summary>
    /// Sends what media is waiting. Whoever handles a control request calls this first, so that packets leave by the rules that
    /// were in force when they arrived.
    /// </summary>
    public void FlushMedia() => _context.Outbox.Flush();

    /// <summary>Writes an error line under the worker's log settings.</summary>
    public void LogError(string source, string text) => _context.Log.Error(source, text);

    /// <summary>Closes every router and WebRTC server. Doing it again does nothing.</summary>
    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        foreach (var router in _routers.Values)
        {
            router.Close();
        }

        _routers.Clear();
        foreach (var server in _context.WebRtcServers.Values)
        {
            server.Close();
        }

        _context.WebRtcServers.Clear();
        _context.Loop.EndOfTurn = null;
    }
}
