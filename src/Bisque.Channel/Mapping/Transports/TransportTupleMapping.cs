using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static TransportTuple Read(Wire.TransportTuple table) => new()
    {
        LocalAddress = table.LocalAddress,
        LocalPort = table.LocalPort,
        RemoteIp = table.RemoteIp,
        RemotePort = table.RemotePort,
        Protocol = Read(table.Protocol),
    };

    public static Offset<Wire.TransportTuple> Write(FlatBufferBuilder builder, TransportTuple value) =>
        Wire.TransportTuple.CreateTransportTuple(
            builder,
            builder.CreateString(value.LocalAddress),
            value.LocalPort,
            builder.CreateString(value.RemoteIp),
            value.RemotePort,
            (Wire.TransportProtocol)value.Protocol);
}
