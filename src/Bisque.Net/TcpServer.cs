using Bisque.Net.Backends;
using Bisque.Primitives;

namespace Bisque.Net;

/// <summary>A listening TCP socket of an <see cref="EventLoop"/>.</summary>
public sealed class TcpServer : IDisposable, IDescriptorEvents
{
    // A server that accepted without end would starve the rest of the loop's turn.
    private const int MostAcceptedPerTurn = 64;

    // Without descriptors the waiting connection stays readable: pause instead of spinning on it.
    private static readonly TimeSpan PauseWithoutDescriptors = TimeSpan.FromMilliseconds(100);

    private readonly EventLoop _loop;
    private readonly TcpServerOptions _options;
    private readonly ITcpServerHandler _handler;
    private readonly IListenDescriptor _descriptor;
    private readonly LoopTimer _resume;
    private PortLease? _lease;
    private bool _isClosed;

    internal TcpServer(EventLoop loop, ILoopBackend backend, TransportAddress local, TcpServerOptions options, ITcpServerHandler handler)
    {
        _loop = loop;
        _options = options;
        _handler = handler;
        _resume = loop.CreateTimer(Resume);
        _descriptor = backend.OpenTcp(local, options, this);
        Local = _descriptor.Local;
    }

    /// <summary>The address and port that the server is bound to.</summary>
    public TransportAddress Local { get; }

    /// <summary>Connections that could not be taken.</summary>
    public long AcceptErrors { get; private set; }

    /// <summary>Stops listening and gives the port back. Connections already accepted live on.</summary>
    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _resume.Stop();
        _descriptor.Dispose();
        _lease?.Dispose();
    }

    void IDescriptorEvents.OnReadable()
    {
        for (var i = 0; i < MostAcceptedPerTurn && !_isClosed; i++)
        {
            var accepted = _descriptor.Accept(out var error);
            if (accepted is not null)
            {
                Introduce(accepted);
                continue;
            }

            if (error is not null)
            {
                AcceptErrors++;
            }

            if (error == NetError.TooManyDescriptors)
            {
                _descriptor.Watch(reading: false, writing: false);
                _resume.Start(_loop.Now + PauseWithoutDescriptors);
            }

            return;
        }
    }

    void IDescriptorEvents.OnWritable()
    {
    }

    /// <summary>Gives <paramref name="lease"/> back when the server closes.</summary>
    internal void Own(PortLease lease) => _lease = lease;

    private void Introduce(IAcceptedConnection accepted)
    {
        var connection = new TcpConnection(_loop, accepted, _options.QueueLimit);
        if (!connection.IsClosed && _handler.OnAccepted(this, connection) is { } handler)
        {
            connection.Handler = handler;
            return;
        }

        connection.Close();
    }

    private void Resume() => _descriptor.Watch(reading: true, writing: false);
}
