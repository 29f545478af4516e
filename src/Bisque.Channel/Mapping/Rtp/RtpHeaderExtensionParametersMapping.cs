using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static RtpHeaderExtensionParameters Read(Wire.RtpHeaderExtensionParameters table) => new()
    {
        Uri = Read(table.Uri),
        Id = table.Id,
        Encrypt = table.Encrypt,
        Parameters = table.HasParameters ? ReadList(table, table.ParametersLength, static (t, i) => Read(t.Parameters(i)!.Value)) : null,
    };

    public static Offset<Wire.RtpHeaderExtensionParameters> Write(FlatBufferBuilder builder, RtpHeaderExtensionParameters value) =>
        Wire.RtpHeaderExtensionParameters.CreateRtpHeaderExtensionParameters(
            builder,
            (Wire.RtpHeaderExtensionUri)value.Uri,
            value.Id,
            value.Encrypt,
            WriteTables(builder, value.Parameters, Write));
}
