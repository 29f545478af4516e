using Bisque.Model;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>RTP parameters of producers with several encodings or layers, and of their consumers.</summary>
internal static class LayeredMedia
{
    public static uint Ssrc(int layer) => 1000u + (uint)layer * 10;

    public static ProduceRequest Simulcast(int encodings = 3, string mimeType = "video/VP8", string? mode = null)
    {
        var video = Media.Video(mimeType: mimeType);
        return video with
        {
            RtpParameters = video.RtpParameters with
            {
                Encodings =
                [
                    .. Enumerable.Range(0, encodings).Select(layer => new RtpEncodingParameters
                    {
                        Ssrc = Ssrc(layer),
                        Rtx = new RtxParameters { Ssrc = Ssrc(layer) + 1 },
                        ScalabilityMode = mode,
                    }),
                ],
            },
            RtpMapping = video.RtpMapping with
            {
                Encodings =
                [
                    .. Enumerable.Range(0, encodings).Select(layer => new RtpEncodingMapping
                    {
                        Ssrc = Ssrc(layer),
                        MappedSsrc = Media.Mapped(Ssrc(layer)),
                    }),
                ],
            },
        };
    }

    public static ProduceRequest Svc(string mimeType = "video/VP9", string mode = "L3T3")
    {
        var video = Media.Video(mimeType: mimeType);
        return video with
        {
            RtpParameters = video.RtpParameters with { Encodings = [video.RtpParameters.Encodings[0] with { ScalabilityMode = mode }] },
        };
    }

    /// <summary>A consumer of a layered producer as a controller asks for it.</summary>
    public static ConsumeRequest Consume(
        ProduceRequest producer, string id = "consumer", uint ssrc = 5000, ConsumerLayers? preferred = null, int temporalLayers = 1)
    {
        var consume = Media.Consume(producer, id, ssrc);
        var encodings = producer.RtpParameters.Encodings;
        var mode = encodings.Count > 1 ? $"L{encodings.Count}T{temporalLayers}" : encodings[0].ScalabilityMode;
        return consume with
        {
            Type = encodings.Count > 1 ? RtpParametersType.Simulcast : RtpParametersType.Svc,
            PreferredLayers = preferred,
            RtpParameters = consume.RtpParameters with { Encodings = [consume.RtpParameters.Encodings[0] with { ScalabilityMode = mode }] },
            ConsumableRtpEncodings = Consumable(producer),
        };
    }

    /// <summary>The same consumer for a receiver that did not negotiate dependency descriptors.</summary>
    public static ConsumeRequest WithoutDescriptor(ConsumeRequest consume) => consume with
    {
        RtpParameters = consume.RtpParameters with
        {
            HeaderExtensions = [.. consume.RtpParameters.HeaderExtensions.Where(extension => extension.Uri != RtpHeaderExtensionUri.DependencyDescriptor)],
        },
    };

    /// <summary>A consumer that takes all of a producer to another router.</summary>
    public static ConsumeRequest Pipe(ProduceRequest producer, string id = "consumer", uint ssrc = 5000, bool rtx = true)
    {
        var consume = Media.Consume(producer, id, ssrc, rtx: rtx);
        return consume with
        {
            Type = RtpParametersType.Pipe,
            RtpParameters = consume.RtpParameters with
            {
                Encodings =
                [
                    .. producer.RtpParameters.Encodings.Select((_, index) => new RtpEncodingParameters
                    {
                        Ssrc = ssrc + (uint)index * 10,
                        Rtx = rtx ? new RtxParameters { Ssrc = ssrc + (uint)index * 10 + 1 } : null,
                    }),
                ],
            },
            ConsumableRtpEncodings = Consumable(producer),
        };
    }

    private static RtpEncodingParameters[] Consumable(ProduceRequest producer) =>
    [
        .. producer.RtpParameters.Encodings.Select((encoding, index) => new RtpEncodingParameters
        {
            Ssrc = producer.RtpMapping.Encodings[index].MappedSsrc,
            ScalabilityMode = encoding.ScalabilityMode,
        }),
    ];
}
