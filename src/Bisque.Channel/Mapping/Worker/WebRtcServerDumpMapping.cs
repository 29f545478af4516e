using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static WebRtcServerDump Read(Wire.WebRtcServerDump table) => new()
    {
        Id = table.Id,
        UdpSockets = ReadList(table, table.UdpSocketsLength, static (t, i) => Read(t.UdpSockets(i)!.Value)),
        TcpServers = ReadList(table, table.TcpServersLength, static (t, i) => Read(t.TcpServers(i)!.Value)),
        WebRtcTransportIds = ReadList(table, table.WebRtcTransportIdsLength, static (t, i) => t.WebRtcTransportIds(i)),
        LocalIceUsernameFragments = ReadList(table, table.LocalIceUsernameFragmentsLength, static (t, i) => Read(t.LocalIceUsernameFragments(i)!.Value)),
    };

    public static Offset<Wire.WebRtcServerDump> Write(FlatBufferBuilder builder, WebRtcServerDump value) =>
        Wire.WebRtcServerDump.CreateWebRtcServerDump(
            builder,
            builder.CreateString(value.Id),
            WriteTables(builder, value.UdpSockets, Write),
            WriteTables(builder, value.TcpServers, Write),
            WriteStrings(builder, value.WebRtcTransportIds),
            WriteTables(builder, value.LocalIceUsernameFragments, Write));

    public static IpPort Read(Wire.IpPort table) => new()
    {
        Ip = table.Ip,
        Port = table.Port,
    };

    public static Offset<Wire.IpPort> Write(FlatBufferBuilder builder, IpPort value) =>
        Wire.IpPort.CreateIpPort(builder, builder.CreateString(value.Ip), value.Port);

    public static IceUserNameFragment Read(Wire.IceUserNameFragment table) => new()
    {
        LocalIceUsernameFragment = table.LocalIceUsernameFragment,
        WebRtcTransportId = table.WebRtcTransportId,
    };

    public static Offset<Wire.IceUserNameFragment> Write(FlatBufferBuilder builder, IceUserNameFragment value) =>
        Wire.IceUserNameFragment.CreateIceUserNameFragment(
            builder,
            builder.CreateString(value.LocalIceUsernameFragment),
            builder.CreateString(value.WebRtcTransportId));
}
