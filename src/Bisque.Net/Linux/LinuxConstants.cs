namespace Bisque.Net.Linux;

/// <summary>Numbers of the Linux system interface, equal on x86-64 and arm64.</summary>
internal static class LinuxConstants
{
    public const ushort AfInet = 2;
    public const ushort AfInet6 = 10;

    public const int SockStream = 1;
    public const int SockDatagram = 2;
    public const int SockNonBlocking = 0x800;
    public const int SockCloseOnExec = 0x80000;

    public const int SolSocket = 1;
    public const int SoReuseAddress = 2;
    public const int SoType = 3;
    public const int SoSendBuffer = 7;
    public const int SoReceiveBuffer = 8;
    public const int SoTimestampNanoseconds = 35;

    public const int SolTcp = 6;
    public const int TcpNoDelay = 1;

    public const int SolUdp = 17;
    public const int UdpSegment = 103;

    public const int SolIPv6 = 41;
    public const int IPv6Only = 26;

    public const int MessageDoNotWait = 0x40;
    public const int MessageNoSignal = 0x4000;
    public const int MessageTruncated = 0x20;

    public const int ShutdownWrite = 1;

    public const uint EpollIn = 1;
    public const uint EpollOut = 4;
    public const uint EpollError = 8;
    public const uint EpollHangUp = 0x10;
    public const int EpollAdd = 1;
    public const int EpollDelete = 2;
    public const int EpollModify = 3;
    public const int EpollCloseOnExec = 0x80000;

    public const int EventNonBlocking = 0x800;
    public const int EventCloseOnExec = 0x80000;

    public const short PollOut = 4;

    public const int GetFlags = 3;
    public const int SetFlags = 4;
    public const int OpenNonBlocking = 0x800;
    public const int OpenAccessMode = 3;
    public const int OpenReadOnly = 0;
    public const int OpenWriteOnly = 1;

    public const int LimitOpenFiles = 7;
}
