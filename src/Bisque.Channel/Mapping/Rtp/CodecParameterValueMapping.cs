using System.Diagnostics;
using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    private static CodecParameterValue ReadCodecParameterValue(Wire.CodecParameter table) => table.ValueType switch
    {
        Wire.CodecParameterValue.BooleanValue => new CodecParameterValue.Boolean(table.ValueAsBooleanValue().Value != 0),
        Wire.CodecParameterValue.Integer32Value => new CodecParameterValue.Integer32(table.ValueAsInteger32Value().Value),
        Wire.CodecParameterValue.DoubleValue => new CodecParameterValue.Double(table.ValueAsDoubleValue().Value),
        Wire.CodecParameterValue.TextValue => new CodecParameterValue.Text(table.ValueAsTextValue().Value),
        Wire.CodecParameterValue.Integer32ArrayValue =>
            new CodecParameterValue.Integer32Array(table.ValueAsInteger32ArrayValue().GetValueArray() ?? []),
        var kind => throw Unknown(nameof(CodecParameterValue), (byte)kind),
    };

    private static (Wire.CodecParameterValue Type, int Offset) Write(FlatBufferBuilder builder, CodecParameterValue value) => value switch
    {
        CodecParameterValue.Boolean boolean =>
            (Wire.CodecParameterValue.BooleanValue, Wire.BooleanValue.CreateBooleanValue(builder, boolean.Value ? (byte)1 : (byte)0).Value),
        CodecParameterValue.Integer32 number =>
            (Wire.CodecParameterValue.Integer32Value, Wire.Integer32Value.CreateInteger32Value(builder, number.Value).Value),
        CodecParameterValue.Double number =>
            (Wire.CodecParameterValue.DoubleValue, Wire.DoubleValue.CreateDoubleValue(builder, number.Value).Value),
        CodecParameterValue.Text text =>
            (Wire.CodecParameterValue.TextValue, Wire.TextValue.CreateTextValue(builder, builder.CreateString(text.Value)).Value),
        CodecParameterValue.Integer32Array array =>
            (Wire.CodecParameterValue.Integer32ArrayValue,
                Wire.Integer32ArrayValue.CreateInteger32ArrayValue(builder, WriteScalars(builder, array.Values)).Value),
        _ => throw new UnreachableException(),
    };
}
