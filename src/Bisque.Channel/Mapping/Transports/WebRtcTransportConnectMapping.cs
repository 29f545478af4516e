using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static WebRtcTransportConnectRequest Read(Wire.WebRtcTransportConnectRequest table) => new()
    {
        DtlsParameters = Read(table.DtlsParameters!.Value),
    };

    public static Offset<Wire.WebRtcTransportConnectRequest> Write(FlatBufferBuilder builder, WebRtcTransportConnectRequest value) =>
        Wire.WebRtcTransportConnectRequest.CreateWebRtcTransportConnectRequest(
            builder,
            Write(builder, value.DtlsParameters));

    public static WebRtcTransportConnectResponse Read(Wire.WebRtcTransportConnectResponse table) => new()
    {
        DtlsLocalRole = Read(table.DtlsLocalRole),
    };

    public static Offset<Wire.WebRtcTransportConnectResponse> Write(FlatBufferBuilder builder, WebRtcTransportConnectResponse value) =>
        Wire.WebRtcTransportConnectResponse.CreateWebRtcTransportConnectResponse(
            builder,
            (Wire.DtlsRole)value.DtlsLocalRole);
}
