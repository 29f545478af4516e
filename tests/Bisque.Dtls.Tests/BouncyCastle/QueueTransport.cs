using System.Collections.Concurrent;
using Org.BouncyCastle.Tls;

namespace Bisque.Dtls.Tests.BouncyCastle;

/// <summary>Datagrams in memory between BouncyCastle's thread and the test's.</summary>
internal sealed class QueueTransport : DatagramTransport, IDisposable
{
    private const int Limit = 1350;

    public BlockingCollection<byte[]> ToBouncyCastle { get; } = [];

    public BlockingCollection<byte[]> FromBouncyCastle { get; } = [];

    public int GetReceiveLimit() => 2048;

    public int GetSendLimit() => Limit;

    public int Receive(byte[] buf, int off, int len, int waitMillis) => Receive(buf.AsSpan(off, len), waitMillis);

    public int Receive(Span<byte> buffer, int waitMillis)
    {
        if (!ToBouncyCastle.TryTake(out var datagram, waitMillis == 0 ? Timeout.Infinite : waitMillis))
        {
            return -1;
        }

        datagram.CopyTo(buffer);
        return datagram.Length;
    }

    public void Send(byte[] buf, int off, int len) => Send(buf.AsSpan(off, len));

    public void Send(ReadOnlySpan<byte> buffer) => FromBouncyCastle.Add(buffer.ToArray());

    public void Close()
    {
    }

    public void Dispose()
    {
        ToBouncyCastle.Dispose();
        FromBouncyCastle.Dispose();
    }
}
