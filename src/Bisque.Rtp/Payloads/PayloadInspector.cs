namespace Bisque.Rtp;

/// <summary>Looks into payloads, once for every packet that arrives.</summary>
public static class PayloadInspector
{
    private static PayloadInfo Nothing => new() { PictureId = -1, Tl0PictureIndex = -1 };

    /// <summary>Whether key frames can be told from others, so that a receiver has to be started at one.</summary>
    public static bool CanHaveKeyFrames(this PayloadCodec codec) => codec is PayloadCodec.Vp8 or PayloadCodec.Vp9 or PayloadCodec.H264 or PayloadCodec.Av1;

    /// <summary>What <paramref name="payload"/> says about itself. A payload that is not well formed says nothing.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="payload">The payload, without padding.</param>
    /// <param name="dependencyDescriptor">The value of that header extension, empty when the packet has none.</param>
    public static PayloadInfo Inspect(
        PayloadCodec codec, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> dependencyDescriptor = default) => codec switch
        {
            PayloadCodec.Opus => Nothing with { IsDtx = OpusPayload.IsDtx(payload) },
            PayloadCodec.H264 => Nothing with { IsKeyFrame = H264Payload.IsKeyFrame(payload) },
            PayloadCodec.Vp8 when Vp8PayloadDescriptor.TryParse(payload, out var descriptor) => new PayloadInfo
            {
                IsKeyFrame = descriptor.IsKeyFrame,
                TemporalLayer = descriptor.TemporalLayer,
                HasTemporalLayer = descriptor.HasTemporalLayer,
                IsLayerSync = descriptor.IsLayerSync,
                DescriptorLength = (byte)descriptor.Length,
                PictureId = descriptor.HasPictureId ? (short)descriptor.PictureId : (short)-1,
                Tl0PictureIndex = descriptor.HasTl0PictureIndex ? descriptor.Tl0PictureIndex : (short)-1,
            },
            PayloadCodec.Vp9 when Vp9PayloadDescriptor.TryParse(payload, out var descriptor) => Nothing with
            {
                IsKeyFrame = descriptor.IsKeyFrame,
                SpatialLayer = descriptor.SpatialLayer,
                TemporalLayer = descriptor.TemporalLayer,
                HasTemporalLayer = descriptor.HasLayers,
                DescriptorLength = (byte)Math.Min(descriptor.Length, byte.MaxValue),
                PictureId = descriptor.HasPictureId ? (short)descriptor.PictureId : (short)-1,
            },
            PayloadCodec.Av1 => Nothing with
            {
                IsKeyFrame = Av1Payload.IsKeyFrame(payload)
                    || (DependencyDescriptor.TryParse(dependencyDescriptor, out var dependencies) && dependencies.IsKeyFrame),
            },
            _ => Nothing,
        };
}
