using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static DtlsParameters Read(Wire.DtlsParameters table) => new()
    {
        Fingerprints = ReadList(table, table.FingerprintsLength, static (t, i) => Read(t.Fingerprints(i)!.Value)),
        Role = Read(table.Role),
    };

    public static Offset<Wire.DtlsParameters> Write(FlatBufferBuilder builder, DtlsParameters value) =>
        Wire.DtlsParameters.CreateDtlsParameters(
            builder,
            WriteTables(builder, value.Fingerprints, Write),
            (Wire.DtlsRole)value.Role);

    public static Fingerprint Read(Wire.Fingerprint table) => new()
    {
        Algorithm = Read(table.Algorithm),
        Value = table.Value,
    };

    public static Offset<Wire.Fingerprint> Write(FlatBufferBuilder builder, Fingerprint value) =>
        Wire.Fingerprint.CreateFingerprint(
            builder,
            (Wire.FingerprintAlgorithm)value.Algorithm,
            builder.CreateString(value.Value));
}
