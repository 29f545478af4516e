using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>
/// Reads the dependency descriptors of one stream (RTP Payload Format For AV1, appendix A). Keeps the structure that came last, since most
/// descriptors only name a template of it. Allocates nothing once it has seen a few structures, however often a sender changes them.
/// </summary>
public sealed class DependencyDescriptorReader
{
    /// <summary>
    /// Structures kept in memory: the newest, some before it for packets that are still to be sent again, and one to read the next into.
    /// </summary>
    public const int MaxStructures = 4;

    private const int MandatoryLength = 3;
    private const int TemplateIds = 64;

    private readonly FrameDependencyStructure?[] _structures = new FrameDependencyStructure?[MaxStructures];
    private FrameDependencyStructure? _structure;
    private int _next;
    private int _templateIdOffset;
    private uint _activeTargets;
    private SequenceNumber? _structureNumber;

    /// <summary>The stream is numbered anew: the next structure is the newest, whatever its number.</summary>
    public void Reset() => _structureNumber = null;

    /// <summary>
    /// Reads an extension's value. False, leaving everything as it was, for what is cut short or makes no sense. A structure that comes
    /// late, after a newer one, is good for its own packet only.
    /// </summary>
    /// <param name="number">The packet's sequence number.</param>
    /// <param name="value">The value.</param>
    /// <param name="descriptor">The fields that each descriptor has.</param>
    /// <param name="frame">What follows from the structure; without one, nothing.</param>
    public bool TryRead(SequenceNumber number, ReadOnlySpan<byte> value, out DependencyDescriptor descriptor, out FrameDependencies frame)
    {
        frame = default;
        if (!DependencyDescriptor.TryParse(value, out descriptor))
        {
            return false;
        }

        var reader = new BitReader(value[MandatoryLength..]);
        var extended = value.Length > MandatoryLength ? new ExtendedFields(ref reader) : default;
        var structure = _structure;
        var offset = _templateIdOffset;
        var activeTargets = _activeTargets;
        var structureLength = 0;
        if (extended.HasStructure)
        {
            var start = reader.Position;
            offset = (int)reader.Read(6);
            var read = _structures[_next] ??= FrameDependencyStructure.CreateEmpty();
            if (!read.TryRead(ref reader))
            {
                return false;
            }

            // A key frame mostly repeats what is known, under other ids.
            structure = structure is not null && structure.IsSameAs(read) ? structure : read;
            structureLength = reader.Position - start;
            activeTargets = structure.AllTargets;
        }

        if (structure is null)
        {
            frame = new FrameDependencies { IsPresent = true, FrameNumber = descriptor.FrameNumber };
            return true;
        }

        if (extended.HasActiveTargets)
        {
            activeTargets = reader.Read(structure.DecodeTargetCount);
        }

        var index = (descriptor.TemplateId + TemplateIds - offset) % TemplateIds;
        if (index >= structure.Templates.Length || !TryReadFrame(ref reader, extended, structure, structure.Templates[index], out var template))
        {
            return false;
        }

        var isUsed = structure == _structures[_next];
        if (_structureNumber is not { } newest || !newest.IsNewerThan(number))
        {
            _structureNumber = extended.HasStructure ? number : _structureNumber;
            (_structure, _templateIdOffset, _activeTargets) = (structure, offset, activeTargets);
        }

        if (isUsed)
        {
            TakeNextMemory();
        }

        frame = new FrameDependencies
        {
            IsPresent = true,
            Structure = structure,
            FrameNumber = descriptor.FrameNumber,
            Frame = template,
            ActiveTargets = activeTargets,
            StructureLength = (ushort)structureLength,
        };
        return true;
    }

    /// <summary>Finds where the next structure is read to: what was read longest ago, but never the one in force.</summary>
    private void TakeNextMemory()
    {
        do
        {
            _next = (_next + 1) % MaxStructures;
        }
        while (_structures[_next] is { } taken && taken == _structure);
    }

    // Appendix A.8.3, frame_dependency_definition.
    private static bool TryReadFrame(
        scoped ref BitReader reader, ExtendedFields extended, FrameDependencyStructure structure, FrameTemplate template, out FrameTemplate frame)
    {
        frame = template;
        if (extended.HasIndications)
        {
            frame = frame with { Indications = FrameDependencyStructure.ReadIndications(ref reader, structure.DecodeTargetCount) };
        }

        if (extended.HasReferences)
        {
            var references = default(FrameReferences);
            for (var size = reader.Read(2); size != 0; size = reader.Read(2))
            {
                if (!references.TryAdd((ushort)(reader.Read(4 * (int)size) + 1), out references))
                {
                    return false;
                }
            }

            frame = frame with { References = references };
        }

        if (extended.HasChains)
        {
            frame = frame with { ChainDistances = FrameDependencyStructure.ReadChainDistances(ref reader, structure.ChainCount, 8) };
        }

        return !reader.HasFailed;
    }

    /// <summary>Which optional parts follow (appendix A.8.1, extended_descriptor_fields).</summary>
    private readonly ref struct ExtendedFields(scoped ref BitReader reader)
    {
        public readonly bool HasStructure = reader.ReadFlag();
        public readonly bool HasActiveTargets = reader.ReadFlag();
        public readonly bool HasIndications = reader.ReadFlag();
        public readonly bool HasReferences = reader.ReadFlag();
        public readonly bool HasChains = reader.ReadFlag();
    }
}
