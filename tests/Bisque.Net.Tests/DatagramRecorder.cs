using Bisque.Primitives;

namespace Bisque.Net.Tests;

/// <summary>Keeps copies of the datagrams that a socket received.</summary>
internal sealed class DatagramRecorder : IDatagramHandler
{
    public List<byte[]> Datagrams { get; } = [];

    public List<TransportAddress> Senders { get; } = [];

    public List<MonotonicTime> Times { get; } = [];

    /// <summary>Called with each batch after it was recorded.</summary>
    public Action<UdpSocket>? Then { get; set; }

    public void OnDatagrams(UdpSocket socket, ReadOnlySpan<ReceivedDatagram> batch)
    {
        foreach (var (buffer, remote) in batch)
        {
            Datagrams.Add(buffer.Span.ToArray());
            Senders.Add(remote);
            Times.Add(buffer.ReceivedAt);
        }

        Then?.Invoke(socket);
    }
}
