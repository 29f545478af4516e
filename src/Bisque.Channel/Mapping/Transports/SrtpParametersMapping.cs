using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static SrtpParameters Read(Wire.SrtpParameters table) => new()
    {
        CryptoSuite = Read(table.CryptoSuite),
        KeyBase64 = table.KeyBase64,
    };

    public static Offset<Wire.SrtpParameters> Write(FlatBufferBuilder builder, SrtpParameters value) =>
        Wire.SrtpParameters.CreateSrtpParameters(
            builder,
            (Wire.SrtpCryptoSuite)value.CryptoSuite,
            builder.CreateString(value.KeyBase64));
}
