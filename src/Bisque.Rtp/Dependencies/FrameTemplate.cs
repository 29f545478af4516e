namespace Bisque.Rtp;

/// <summary>
/// What frames of one kind have in common: layers, what they are to each decode target, what they refer to, and how far back the previous
/// frame of each chain is.
/// </summary>
public readonly record struct FrameTemplate
{
    /// <summary>Chains of which distances are kept; a target protected by another one counts as not protected.</summary>
    public const int MaxChains = 8;

    /// <summary>Spatial layer, 0 to 7.</summary>
    public byte SpatialLayer { get; init; }

    /// <summary>Temporal layer, 0 to 7.</summary>
    public byte TemporalLayer { get; init; }

    /// <summary>Two bits for each decode target, that of target 0 lowest.</summary>
    public ulong Indications { get; init; }

    /// <summary>One byte for each chain, that of chain 0 lowest: distance to the chain's previous frame in frame numbers; 0 for none.</summary>
    public ulong ChainDistances { get; init; }

    /// <summary>The frames referred to.</summary>
    public FrameReferences References { get; init; }

    /// <summary>What a frame is to a decode target, 0 to 31.</summary>
    public DecodeTargetIndication IndicationFor(int decodeTarget) => (DecodeTargetIndication)((Indications >> (2 * decodeTarget)) & 3);

    /// <summary>How far back the previous frame of a chain is; 0 when the chain begins here.</summary>
    public byte ChainDistance(int chain) => (byte)(ChainDistances >> (8 * chain));
}
