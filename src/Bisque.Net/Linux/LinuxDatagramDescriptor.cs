using Bisque.Net.Backends;
using Bisque.Net.Buffers;
using Bisque.Primitives;

namespace Bisque.Net.Linux;

/// <summary>A UDP socket read by recvmmsg and written by sendto and sendmmsg.</summary>
internal sealed unsafe class LinuxDatagramDescriptor : EpollDescriptor, IDatagramDescriptor
{
    private LinuxDatagramDescriptor(EpollBackend backend, int descriptor, TransportAddress local, IDescriptorEvents events)
        : base(backend, descriptor, events)
    {
        Local = local;
        Family = LinuxSocket.Family(local);
        Segmentation = new SegmentationState(
            backend.SegmentationOffload && LinuxSocket.HasOption(descriptor, LinuxConstants.SolUdp, LinuxConstants.UdpSegment));
    }

    public TransportAddress Local { get; }

    public ushort Family { get; }

    public SegmentationState Segmentation { get; }

    public int Socket => Descriptor;

    public static LinuxDatagramDescriptor Open(EpollBackend backend, TransportAddress local, UdpSocketOptions options, IDescriptorEvents events)
    {
        var descriptor = LinuxSocket.Create(local, LinuxConstants.SockDatagram, options.IPv6Only);
        try
        {
            if (options.ReusePort)
            {
                LinuxSocket.Set(descriptor, LinuxConstants.SolSocket, LinuxConstants.SoReuseAddress, 1);
            }

            LinuxSocket.SetBufferSizes(descriptor, options.SendBufferSize, options.ReceiveBufferSize);
            LinuxSocket.Set(descriptor, LinuxConstants.SolSocket, LinuxConstants.SoTimestampNanoseconds, 1);
            LinuxSocket.Bind(descriptor, local);
            return new LinuxDatagramDescriptor(backend, descriptor, LinuxSocket.LocalAddress(descriptor), events);
        }
        catch
        {
            _ = Libc.Close(descriptor);
            throw;
        }
    }

    public void Receive(ReceiveArena arena, ref UdpSocketCounters counters) => Backend.Receiver.Receive(Descriptor, arena, ref counters);

    public SendOutcome Send(ReadOnlySpan<byte> datagram, in TransportAddress remote)
    {
        var address = stackalloc byte[SocketAddressCodec.Size];
        var addressLength = SocketAddressCodec.Write(remote, Family, new Span<byte>(address, SocketAddressCodec.Size));
        if (addressLength == 0)
        {
            return SendOutcome.Failed;
        }

        fixed (byte* bytes = datagram)
        {
            while (Libc.SendTo(Descriptor, bytes, (nuint)datagram.Length, LinuxConstants.MessageDoNotWait, address, addressLength) < 0)
            {
                var errno = Errno.Last;
                if (errno != Errno.Interrupted)
                {
                    return errno == Errno.Again ? SendOutcome.WouldBlock : SendOutcome.Failed;
                }
            }
        }

        return SendOutcome.Sent;
    }

    public int SendRange(SendBatch batch, int first, int end, ref UdpSocketCounters counters) =>
        Backend.Sender.Send(this, batch, first, end, ref counters);
}
