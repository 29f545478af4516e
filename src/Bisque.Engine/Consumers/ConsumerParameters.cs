using Bisque.Engine.Parameters;
using Bisque.Engine.Producers;
using Bisque.Model;

namespace Bisque.Engine.Consumers;

/// <summary>Checks what a controller asks a consumer to be.</summary>
internal static class ConsumerParameters
{
    /// <exception cref="RequestException">TypeError: what is wrong with the parameters.</exception>
    public static MediaParameters Read(ConsumeRequest request, out RtpParametersType type)
    {
        var media = MediaParameters.Read(request.RtpParameters);
        foreach (var encoding in media.Encodings)
        {
            Require(encoding.Parameters.Ssrc is > 0, "invalid encoding in rtpParameters: missing ssrc");
            Require(encoding.Parameters.Rtx is null or { Ssrc: > 0 }, "invalid encoding in rtpParameters: missing rtx.ssrc");
        }

        var consumable = request.ConsumableRtpEncodings;
        Require(consumable.Count > 0, "empty consumableRtpEncodings");
        Require(consumable.All(encoding => encoding.Ssrc is > 0), "wrong encoding in consumableRtpEncodings: missing ssrc");
        var isPipe = request.Type == RtpParametersType.Pipe;
        Require(
            !isPipe || consumable.Count == media.Encodings.Count,
            "rtpParameters.encodings and consumableRtpEncodings differ in number");

        type = isPipe ? RtpParametersType.Pipe : DeriveType(consumable);
        CheckLayers(type, media, consumable.Count);
        foreach (var encoding in media.Encodings)
        {
            Require(ProducerTypes.Supports(encoding.MimeType, type), $"{encoding.MimeType} codec not supported for {type}");
        }

        return media;
    }

    private static RtpParametersType DeriveType(IReadOnlyList<RtpEncodingParameters> consumable)
    {
        var layers = consumable.Select(encoding =>
        {
            // A mode that is none is a single layer.
            _ = ScalabilityMode.TryParse(encoding.ScalabilityMode, out var mode);
            return mode;
        });
        return MediaParameters.DeriveType([.. layers]) ?? throw RequestException.TypeError("invalid consumer type");
    }

    private static void CheckLayers(RtpParametersType type, MediaParameters media, int consumableCount)
    {
        var layers = media.Encodings[0].Layers;
        switch (type)
        {
            case RtpParametersType.Simulcast:
                Require(layers.SpatialLayers == consumableCount, "rtpParameters.encodings[0].spatialLayers does not match consumableRtpEncodings");
                break;
            case RtpParametersType.Svc:
                Require(media.Encodings.Count == 1 && consumableCount == 1, "an svc consumer has one encoding");
                Require(layers.SpatialLayers > 1 || layers.TemporalLayers > 1, "invalid number of layers");
                break;
            default:
                break;
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw RequestException.TypeError(message);
        }
    }
}
