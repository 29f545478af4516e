using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static DirectTransportOptions Read(Wire.DirectTransportOptions table) => new()
    {
        Base = Read(table.Base!.Value),
    };

    public static Offset<Wire.DirectTransportOptions> Write(FlatBufferBuilder builder, DirectTransportOptions value) =>
        Wire.DirectTransportOptions.CreateDirectTransportOptions(builder, Write(builder, value.Base));
}
