namespace Bisque.LoadTest.Media;

/// <summary>The layers of a producer.</summary>
/// <param name="MimeType">Its codec.</param>
/// <param name="PacketsPerFrame">Packets of a frame in each encoding (simulcast) or spatial layer, the lowest first.</param>
/// <param name="IsSimulcast">Whether the sizes are streams of their own, rather than spatial layers of one.</param>
/// <param name="IsKeySvc">Whether spatial layers depend on each other in key pictures only.</param>
internal sealed record LayerShape(string MimeType, int[] PacketsPerFrame, bool IsSimulcast = false, bool IsKeySvc = false)
{
    /// <summary>All have three, in the order 0 2 1 2.</summary>
    public const int TemporalLayers = 3;

    public int Encodings => IsSimulcast ? PacketsPerFrame.Length : 1;

    public int SpatialLayers => IsSimulcast ? 1 : PacketsPerFrame.Length;

    public int PacketsPerPicture => PacketsPerFrame.Sum();

    /// <summary>The scalability mode of one encoding.</summary>
    public string Mode => $"L{SpatialLayers}T{TemporalLayers}{(IsKeySvc ? "_KEY" : "")}";

    /// <summary>Whether a dependency descriptor says what the layers of a packet are, as the codec's payload does not.</summary>
    public bool HasDependencyDescriptor => MimeType is "video/AV1" or "video/H264";
}
