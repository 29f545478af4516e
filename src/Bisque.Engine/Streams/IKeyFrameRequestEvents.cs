using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>What a <see cref="KeyFrameRequestManager"/> asks of its producer.</summary>
internal interface IKeyFrameRequestEvents
{
    /// <summary>A key frame is to be asked for now.</summary>
    void RequestKeyFrame(Ssrc ssrc);
}
