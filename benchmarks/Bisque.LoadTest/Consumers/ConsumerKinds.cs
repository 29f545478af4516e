using Bisque.LoadTest.Media;
using Bisque.Model;

namespace Bisque.LoadTest.Consumers;

/// <summary>
/// What is compared. All consumers get the same, four packets to a picture; what differs is how many packets are left out for that, and
/// what has to be found out and rewritten.
/// </summary>
internal static class ConsumerKinds
{
    private static readonly ConsumerLayers Middle = new() { SpatialLayer = 1, TemporalLayer = 1 };
    private static readonly ConsumerLayers Top = new() { SpatialLayer = 2, TemporalLayer = 2 };

    /// <summary>The first is what the others are compared with.</summary>
    public static IReadOnlyList<ConsumerKind> All { get; } =
    [
        new("simple, VP8", RtpParametersType.Simple, null),
        new("simulcast, VP8 3 x T3: highest", RtpParametersType.Simulcast, Simulcast("video/VP8", 1, 2, 4), Top),
        new("simulcast, VP8 3 x T3: 1/1", RtpParametersType.Simulcast, Simulcast("video/VP8", 2, 4, 8), Middle),
        new("simulcast, H264 3 x T3, DD: highest", RtpParametersType.Simulcast, Simulcast("video/H264", 1, 2, 4), Top),
        new("svc, VP9 L3T3: all", RtpParametersType.Svc, new LayerShape("video/VP9", [1, 1, 2]), Top),
        new("svc, VP9 L3T3: 1/1", RtpParametersType.Svc, new LayerShape("video/VP9", [2, 2, 4]), Middle),
        new("svc, VP9 L3T3_KEY: highest", RtpParametersType.Svc, new LayerShape("video/VP9", [1, 2, 4], IsKeySvc: true), Top),
        new("svc, AV1 L3T3, DD: all", RtpParametersType.Svc, new LayerShape("video/AV1", [1, 1, 2]), Top),
        new("svc, AV1 L3T3, DD: 1/1", RtpParametersType.Svc, new LayerShape("video/AV1", [2, 2, 4]), Middle),
        new("pipe, VP8 3 x T3", RtpParametersType.Pipe, Simulcast("video/VP8", 1, 1, 2)),
    ];

    private static LayerShape Simulcast(string mimeType, params int[] packetsPerFrame) => new(mimeType, packetsPerFrame, IsSimulcast: true);
}
