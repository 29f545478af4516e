using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static ListenInfo Read(Wire.ListenInfo table) => new()
    {
        Protocol = Read(table.Protocol),
        Ip = table.Ip,
        AnnouncedAddress = table.AnnouncedAddress,
        ExposeInternalIp = table.ExposeInternalIp,
        Port = table.Port,
        PortRange = Read(table.PortRange!.Value),
        Flags = Read(table.Flags!.Value),
        SendBufferSize = table.SendBufferSize,
        ReceiveBufferSize = table.RecvBufferSize,
    };

    public static Offset<Wire.ListenInfo> Write(FlatBufferBuilder builder, ListenInfo value) =>
        Wire.ListenInfo.CreateListenInfo(
            builder,
            (Wire.TransportProtocol)value.Protocol,
            builder.CreateString(value.Ip),
            builder.CreateString(value.AnnouncedAddress),
            value.ExposeInternalIp,
            value.Port,
            Write(builder, value.PortRange),
            Write(builder, value.Flags),
            value.SendBufferSize,
            value.ReceiveBufferSize);

    public static PortRange Read(Wire.PortRange table) => new()
    {
        Min = table.Min,
        Max = table.Max,
    };

    public static Offset<Wire.PortRange> Write(FlatBufferBuilder builder, PortRange value) =>
        Wire.PortRange.CreatePortRange(builder, value.Min, value.Max);

    public static SocketFlags Read(Wire.SocketFlags table) => new()
    {
        Ipv6Only = table.Ipv6Only,
        UdpReusePort = table.UdpReusePort,
    };

    public static Offset<Wire.SocketFlags> Write(FlatBufferBuilder builder, SocketFlags value) =>
        Wire.SocketFlags.CreateSocketFlags(builder, value.Ipv6Only, value.UdpReusePort);
}
