using Bisque.Net.Linux;
using Bisque.Net.Portable;

namespace Bisque.Net.Backends;

/// <summary>Chooses the back end that the options ask for.</summary>
internal static class BackendFactory
{
    public static ILoopBackend Create(EventLoopOptions options, EventLoop loop) => options.Backend switch
    {
        NetBackend.Portable => new PortableBackend(loop),
        NetBackend.Linux when !EpollBackend.IsSupported =>
            throw new NetException(NetError.Other, "The Linux back end runs on 64-bit Linux only."),
        _ when EpollBackend.IsSupported => new EpollBackend(options, loop),
        _ => new PortableBackend(loop),
    };
}
