using Bisque.Engine.Parameters;
using Bisque.Rtp;
using RtpHeaderExtensionUri = Bisque.Model.RtpHeaderExtensionUri;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>Finds the filter for what was negotiated.</summary>
internal static class LayerFilters
{
    /// <summary>A filter for the first encoding of a consumer.</summary>
    public static ILayerFilter Create(MediaParameters media) => media.Encodings[0].MimeType.PayloadCodec switch
    {
        PayloadCodec.Vp8 => new Vp8LayerFilter(),
        PayloadCodec.Vp9 => new Vp9LayerFilter(media.Encodings[0].Layers.IsOwnLayerEnough),
        PayloadCodec.Av1 => new DependencyLayerFilter(joinsFrames: media.ExtensionId(RtpHeaderExtensionUri.DependencyDescriptor) is null),
        _ => new DependencyLayerFilter(joinsFrames: false),
    };
}
