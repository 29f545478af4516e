using Bisque.Engine.Parameters;
using Bisque.Rtp;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>Finds the filter for a codec.</summary>
internal static class LayerFilters
{
    public static ILayerFilter Create(MediaEncoding encoding) => encoding.MimeType.PayloadCodec switch
    {
        PayloadCodec.Vp8 => new Vp8LayerFilter(),
        PayloadCodec.Vp9 => new Vp9LayerFilter(encoding.Layers.IsOwnLayerEnough),
        _ => new DependencyLayerFilter(),
    };
}
