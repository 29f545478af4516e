namespace Bisque.Rtp.Tests.Captures;

/// <summary>
/// Reads the dependency descriptors of a stream that is whole, and holds that they make sense together: each refers to frames that came, and
/// each chain is a chain.
/// </summary>
internal sealed class DependencyCheck
{
    private readonly Dictionary<ushort, FrameDependencies> _byNumber = [];
    private readonly ushort?[] _chains = new ushort?[FrameTemplate.MaxChains];

    /// <summary>The frames in decoding order.</summary>
    public List<FrameDependencies> Frames { get; } = [];

    /// <summary>The structure that came first.</summary>
    public FrameDependencyStructure Structure => Frames[0].Structure!;

    public static DependencyCheck Run(IEnumerable<CapturedMedia> packets)
    {
        var check = new DependencyCheck();
        var ended = true;
        foreach (var packet in packets)
        {
            var frame = packet.Info.Dependencies;
            Assert.True(frame.IsPresent);
            Assert.NotNull(frame.Structure);
            Assert.Equal(ended, packet.Info.IsStartOfFrame);
            ended = packet.Info.IsEndOfFrame;
            if (packet.Info.IsStartOfFrame)
            {
                check.Add(frame);
                continue;
            }

            Assert.Equal(0, frame.StructureLength);
            Assert.Equal((check.Frames[^1].FrameNumber, check.Frames[^1].Frame), (frame.FrameNumber, frame.Frame));
        }

        return check;
    }

    private void Add(in FrameDependencies frame)
    {
        var structure = frame.Structure!;
        Assert.True(Frames.Count == 0 || (short)(frame.FrameNumber - Frames[^1].FrameNumber) > 0);
        Assert.Equal(frame.StructureLength > 0, frame.Frame.References.Count == 0);
        for (var i = 0; i < frame.Frame.References.Count; i++)
        {
            var reference = _byNumber[(ushort)(frame.FrameNumber - frame.Frame.References[i])];
            Assert.True(reference.Frame.SpatialLayer <= frame.Frame.SpatialLayer && reference.Frame.TemporalLayer <= frame.Frame.TemporalLayer);
        }

        for (var chain = 0; chain < structure.ChainCount; chain++)
        {
            if (!IsActive(frame, chain))
            {
                // Distances within a chain of which nothing is sent say nothing.
                _chains[chain] = null;
                continue;
            }

            // Who decodes a target that the chain protects has got every frame up to the one that the distance names.
            var distance = frame.Frame.ChainDistance(chain);
            Assert.Equal(distance == 0 ? null : (ushort)(frame.FrameNumber - distance), frame.StructureLength > 0 ? null : _chains[chain]);
            _chains[chain] = IsOfChain(frame, chain) ? frame.FrameNumber : _chains[chain];
        }

        Frames.Add(frame);
        _byNumber.Add(frame.FrameNumber, frame);
    }

    private static bool IsActive(in FrameDependencies frame, int chain)
    {
        var isActive = false;
        for (var target = 0; target < frame.Structure!.DecodeTargetCount; target++)
        {
            isActive |= frame.Structure.ChainOf(target) == chain && (frame.ActiveTargets & (1u << target)) != 0;
        }

        return isActive;
    }

    /// <summary>A frame is of a chain when no target that the chain protects can do without it, nor go on after it without having got it.</summary>
    private static bool IsOfChain(in FrameDependencies frame, int chain)
    {
        var structure = frame.Structure!;
        var isOfAll = true;
        for (var target = 0; target < structure.DecodeTargetCount; target++)
        {
            isOfAll &= structure.ChainOf(target) != chain
                || frame.Frame.IndicationFor(target) is DecodeTargetIndication.Switch or DecodeTargetIndication.Required;
        }

        return isOfAll;
    }
}
