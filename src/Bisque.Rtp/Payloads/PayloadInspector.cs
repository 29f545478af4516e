namespace Bisque.Rtp;

/// <summary>Looks into payloads, once for every packet that arrives.</summary>
public static class PayloadInspector
{
    private static PayloadInfo Nothing => new() { PictureId = -1, Tl0PictureIndex = -1 };

    /// <summary>Whether key frames can be told from others, so that a receiver has to be started at one.</summary>
    public static bool CanHaveKeyFrames(this PayloadCodec codec) => codec is PayloadCodec.Vp8 or PayloadCodec.H264;

    /// <summary>What <paramref name="payload"/> (without padding) says about itself. A payload that is not well formed says nothing.</summary>
    public static PayloadInfo Inspect(PayloadCodec codec, ReadOnlySpan<byte> payload) => codec switch
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
        _ => Nothing,
    };
}
