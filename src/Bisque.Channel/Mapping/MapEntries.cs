using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

/// <summary>Maps, which on the wire are vectors of entries.</summary>
internal static partial class WireMapping
{
    private static KeyValuePair<string, string> Read(Wire.StringToString entry) => new(entry.Key, entry.Value);

    private static KeyValuePair<ushort, string> Read(Wire.Uint16ToString entry) => new(entry.Key, entry.Value);

    private static KeyValuePair<uint, string> Read(Wire.Uint32ToString entry) => new(entry.Key, entry.Value);

    private static KeyValuePair<string, IReadOnlyList<string>> Read(Wire.StringToStrings entry) =>
        new(entry.Key, ReadList(entry, entry.ValuesLength, static (t, i) => t.Values(i)));

    private static Offset<Wire.StringToString> Write(FlatBufferBuilder builder, KeyValuePair<string, string> entry) =>
        Wire.StringToString.CreateStringToString(builder, builder.CreateString(entry.Key), builder.CreateString(entry.Value));

    private static Offset<Wire.Uint16ToString> Write(FlatBufferBuilder builder, KeyValuePair<ushort, string> entry) =>
        Wire.Uint16ToString.CreateUint16ToString(builder, entry.Key, builder.CreateString(entry.Value));

    private static Offset<Wire.Uint32ToString> Write(FlatBufferBuilder builder, KeyValuePair<uint, string> entry) =>
        Wire.Uint32ToString.CreateUint32ToString(builder, entry.Key, builder.CreateString(entry.Value));

    private static Offset<Wire.StringToStrings> Write(FlatBufferBuilder builder, KeyValuePair<string, IReadOnlyList<string>> entry) =>
        Wire.StringToStrings.CreateStringToStrings(builder, builder.CreateString(entry.Key), WriteStrings(builder, entry.Value));
}
