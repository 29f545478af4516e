using Bisque.Primitives;

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
    /// <param name="dependencies">Reader of the stream's dependency descriptors; without one, only what each descriptor holds is read.</param>
    /// <param name="number">The packet's sequence number; of no meaning without <paramref name="dependencies"/>.</param>
    public static PayloadInfo Inspect(
        PayloadCodec codec,
        ReadOnlySpan<byte> payload,
        ReadOnlySpan<byte> dependencyDescriptor = default,
        DependencyDescriptorReader? dependencies = null,
        SequenceNumber number = default) => codec switch
        {
            PayloadCodec.Opus => Nothing with { IsDtx = OpusPayload.IsDtx(payload) },
            PayloadCodec.H264 => WithDependencies(
                Nothing with { IsKeyFrame = H264Payload.IsKeyFrame(payload) }, dependencyDescriptor, dependencies, number, tellsKeyFrames: false),
            PayloadCodec.Vp8 when Vp8PayloadDescriptor.TryParse(payload, out var descriptor) => Describe(descriptor),
            PayloadCodec.Vp9 when Vp9PayloadDescriptor.TryParse(payload, out var descriptor) => Describe(descriptor),
            PayloadCodec.Av1 => WithDependencies(
                Nothing with { IsKeyFrame = Av1Payload.IsKeyFrame(payload) }, dependencyDescriptor, dependencies, number, tellsKeyFrames: true),
            _ => Nothing,
        };

    private static PayloadInfo Describe(in Vp8PayloadDescriptor descriptor) => new()
    {
        IsKeyFrame = descriptor.IsKeyFrame,
        TemporalLayer = descriptor.TemporalLayer,
        HasTemporalLayer = descriptor.HasTemporalLayer,
        IsLayerSync = descriptor.IsLayerSync,
        IsStartOfFrame = descriptor.IsPartitionStart && descriptor.PartitionIndex == 0,
        DescriptorLength = (byte)descriptor.Length,
        PictureId = descriptor.HasPictureId ? (short)descriptor.PictureId : (short)-1,
        HasLongPictureId = descriptor.HasLongPictureId,
        Tl0PictureIndex = descriptor.HasTl0PictureIndex ? descriptor.Tl0PictureIndex : (short)-1,
    };

    private static PayloadInfo Describe(in Vp9PayloadDescriptor descriptor) => new()
    {
        IsKeyFrame = descriptor.IsKeyFrame,
        SpatialLayer = descriptor.SpatialLayer,
        TemporalLayer = descriptor.TemporalLayer,
        HasTemporalLayer = descriptor.HasLayers,
        IsSwitchingUpPoint = descriptor.IsSwitchingUpPoint,
        IsStartOfFrame = descriptor.IsStartOfFrame,
        IsEndOfFrame = descriptor.IsEndOfFrame,
        IsInterPicturePredicted = descriptor.IsInterPicturePredicted,
        IsInterLayerDependent = descriptor.IsInterLayerDependent,
        DescriptorLength = (byte)Math.Min(descriptor.Length, byte.MaxValue),
        PictureId = descriptor.HasPictureId ? (short)descriptor.PictureId : (short)-1,
        Tl0PictureIndex = descriptor.Tl0PictureIndex,
    };

    private static PayloadInfo WithDependencies(
        PayloadInfo info, ReadOnlySpan<byte> value, DependencyDescriptorReader? reader, SequenceNumber number, bool tellsKeyFrames)
    {
        var frame = default(FrameDependencies);
        DependencyDescriptor descriptor;
        if (reader is null || !reader.TryRead(number, value, out descriptor, out frame))
        {
            if (!DependencyDescriptor.TryParse(value, out descriptor))
            {
                return info;
            }

            frame = new FrameDependencies { IsPresent = true, FrameNumber = descriptor.FrameNumber };
        }

        return info with
        {
            IsKeyFrame = info.IsKeyFrame || (tellsKeyFrames && descriptor.IsKeyFrame),
            IsStartOfFrame = descriptor.IsStartOfFrame,
            IsEndOfFrame = descriptor.IsEndOfFrame,
            SpatialLayer = frame.Frame.SpatialLayer,
            TemporalLayer = frame.Frame.TemporalLayer,
            HasTemporalLayer = frame.Structure is not null,
            Dependencies = frame,
        };
    }
}
