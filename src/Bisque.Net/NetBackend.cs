namespace Bisque.Net;

/// <summary>Which system interface an <see cref="EventLoop"/> runs on.</summary>
public enum NetBackend
{
    /// <summary><see cref="Linux"/> where it works, else <see cref="Portable"/>.</summary>
    Automatic,

    /// <summary>epoll, recvmmsg, sendmmsg and UDP generic segmentation offload.</summary>
    Linux,

    /// <summary>System.Net.Sockets: every platform that .NET runs on, at a lower rate.</summary>
    Portable,
}
