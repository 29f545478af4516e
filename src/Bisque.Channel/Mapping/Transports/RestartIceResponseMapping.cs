using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RestartIceResponse Read(Wire.RestartIceResponse table) => new()
    {
        UsernameFragment = table.UsernameFragment,
        Password = table.Password,
        IceLite = table.IceLite,
    };

    public static Offset<Wire.RestartIceResponse> Write(FlatBufferBuilder builder, RestartIceResponse value) =>
        Wire.RestartIceResponse.CreateRestartIceResponse(
            builder,
            builder.CreateString(value.UsernameFragment),
            builder.CreateString(value.Password),
            value.IceLite);
}
