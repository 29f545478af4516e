using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static DirectTransportDump Read(Wire.DirectTransportDump table) => new()
    {
        Base = Read(table.Base!.Value),
    };

    public static Offset<Wire.DirectTransportDump> Write(FlatBufferBuilder builder, DirectTransportDump value) =>
        Wire.DirectTransportDump.CreateDirectTransportDump(builder, Write(builder, value.Base));
}
