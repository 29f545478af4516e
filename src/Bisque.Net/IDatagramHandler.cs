namespace Bisque.Net;

/// <summary>What a <see cref="UdpSocket"/> hands its datagrams to.</summary>
public interface IDatagramHandler
{
    /// <summary>
    /// Up to 64 datagrams of <paramref name="socket"/>, in the order of their arrival, on the loop's thread. The handler may close
    /// the socket, or any other.
    /// </summary>
    void OnDatagrams(UdpSocket socket, ReadOnlySpan<ReceivedDatagram> batch);
}
