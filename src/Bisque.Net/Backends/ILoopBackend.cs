using Bisque.Primitives;

namespace Bisque.Net.Backends;

/// <summary>The system interface under a loop. All members but <see cref="Wake"/> belong to the loop's thread.</summary>
internal interface ILoopBackend : IDisposable
{
    /// <summary>Waits for events up to <paramref name="limit"/> and returns how many there are to dispatch.</summary>
    int Wait(TimeSpan limit);

    /// <summary>Delivers one of the events that <see cref="Wait"/> found, unless its descriptor was closed meanwhile.</summary>
    void Dispatch(int index);

    /// <summary>Ends a <see cref="Wait"/> now or the next one at once. Safe from any thread.</summary>
    void Wake();

    IDatagramDescriptor OpenUdp(TransportAddress local, UdpSocketOptions options, IDescriptorEvents events);

    IListenDescriptor OpenTcp(TransportAddress local, TcpServerOptions options, IDescriptorEvents events);

    IStreamDescriptor OpenStream(int descriptor, IDescriptorEvents events);
}
