using System.Diagnostics;
using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    private static WebRtcTransportListen ReadWebRtcTransportListen(Wire.WebRtcTransportOptions table)
    {
        switch (table.ListenType)
        {
            case Wire.WebRtcTransportListen.ListenIndividual:
                var individual = table.ListenAsListenIndividual();
                return new ListenIndividual(ReadList(individual, individual.ListenInfosLength, static (t, i) => Read(t.ListenInfos(i)!.Value)));
            case Wire.WebRtcTransportListen.ListenServer:
                return new ListenServer(table.ListenAsListenServer().WebRtcServerId);
            case var kind:
                throw Unknown(nameof(WebRtcTransportListen), (byte)kind);
        }
    }

    private static (Wire.WebRtcTransportListen Type, int Offset) Write(FlatBufferBuilder builder, WebRtcTransportListen value) => value switch
    {
        ListenIndividual individual =>
            (Wire.WebRtcTransportListen.ListenIndividual,
                Wire.ListenIndividual.CreateListenIndividual(builder, WriteTables(builder, individual.ListenInfos, Write)).Value),
        ListenServer server =>
            (Wire.WebRtcTransportListen.ListenServer,
                Wire.ListenServer.CreateListenServer(builder, builder.CreateString(server.WebRtcServerId)).Value),
        _ => throw new UnreachableException(),
    };
}
