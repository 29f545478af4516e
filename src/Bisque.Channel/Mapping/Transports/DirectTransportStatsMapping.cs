using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static DirectTransportStats Read(Wire.DirectTransportStats table) => new()
    {
        Base = Read(table.Base!.Value),
    };

    public static Offset<Wire.DirectTransportStats> Write(FlatBufferBuilder builder, DirectTransportStats value) =>
        Wire.DirectTransportStats.CreateDirectTransportStats(builder, Write(builder, value.Base));
}
