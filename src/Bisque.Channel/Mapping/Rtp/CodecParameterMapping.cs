using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static CodecParameter Read(Wire.CodecParameter table) => new()
    {
        Name = table.Name,
        Value = ReadCodecParameterValue(table),
    };

    public static Offset<Wire.CodecParameter> Write(FlatBufferBuilder builder, CodecParameter value)
    {
        var (kind, content) = Write(builder, value.Value);
        return Wire.CodecParameter.CreateCodecParameter(
            builder,
            builder.CreateString(value.Name),
            kind,
            content);
    }
}
