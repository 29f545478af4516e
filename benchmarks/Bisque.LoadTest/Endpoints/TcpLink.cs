using System.Net.Sockets;
using Bisque.Ice;
using Bisque.LoadTest.Processes;
using Bisque.Net;
using Bisque.Primitives;

namespace Bisque.LoadTest.Endpoints;

/// <summary>A TCP connection to a worker's candidate, packets framed (RFC 4571). Belongs to the loop's thread.</summary>
internal sealed class TcpLink : IStreamHandler, IDisposable
{
    private readonly EventLoop _loop;
    private readonly Action<PacketBuffer> _onPacket;
    private readonly LoopStream _stream;
    private readonly TcpFrameReader _frames = new();
    private readonly byte[] _frame = new byte[TcpFrameWriter.LengthPrefix + PacketBuffer.Capacity];

    /// <summary>Connects, which takes no time on loopback. The buffers that <paramref name="onPacket"/> gets are valid during the call.</summary>
    public TcpLink(EventLoop loop, TransportAddress remote, Action<PacketBuffer> onPacket)
    {
        _loop = loop;
        _onPacket = onPacket;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(Loopback.Ip, remote.Port);

        // The stream owns its descriptor, and a socket does not give its own away.
        var descriptor = Libc.FileControl((int)socket.SafeHandle.DangerousGetHandle(), Libc.DuplicateCloseOnExec, 0);
        _stream = loop.OpenStream(descriptor, this);
    }

    public void Send(ReadOnlySpan<byte> packet)
    {
        if (TcpFrameWriter.TryWrite(packet, _frame, out var length))
        {
            _stream.Write(_frame.AsSpan(0, length));
        }
    }

    public void Dispose() => _stream.Dispose();

    void IStreamHandler.OnData(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var free = _frames.Free;
            var count = Math.Min(free.Length, data.Length);
            data[..count].CopyTo(free);
            _frames.Advance(count);
            data = data[count..];
            while (_frames.TryTake(out var packet) && packet.Length <= PacketBuffer.Capacity)
            {
                var buffer = _loop.Packets.Rent();
                buffer.Length = packet.Length;
                packet.CopyTo(buffer.Span);
                _onPacket(buffer);
                buffer.Release();
            }
        }
    }

    void IStreamHandler.OnEnd(NetError? error)
    {
    }
}
