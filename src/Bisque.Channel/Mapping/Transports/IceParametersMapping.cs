using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static IceParameters Read(Wire.IceParameters table) => new()
    {
        UsernameFragment = table.UsernameFragment,
        Password = table.Password,
        IceLite = table.IceLite,
    };

    public static Offset<Wire.IceParameters> Write(FlatBufferBuilder builder, IceParameters value) =>
        Wire.IceParameters.CreateIceParameters(
            builder,
            builder.CreateString(value.UsernameFragment),
            builder.CreateString(value.Password),
            value.IceLite);

    public static IceCandidate Read(Wire.IceCandidate table) => new()
    {
        Foundation = table.Foundation,
        Priority = table.Priority,
        Address = table.Address,
        Protocol = Read(table.Protocol),
        Port = table.Port,
        Type = Read(table.Type),
        TcpType = table.TcpType is { } tcpType ? Read(tcpType) : null,
    };

    public static Offset<Wire.IceCandidate> Write(FlatBufferBuilder builder, IceCandidate value) =>
        Wire.IceCandidate.CreateIceCandidate(
            builder,
            builder.CreateString(value.Foundation),
            value.Priority,
            builder.CreateString(value.Address),
            (Wire.TransportProtocol)value.Protocol,
            value.Port,
            (Wire.IceCandidateType)value.Type,
            (Wire.IceCandidateTcpType?)value.TcpType);
}
