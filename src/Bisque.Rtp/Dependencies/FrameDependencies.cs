namespace Bisque.Rtp;

/// <summary>What the dependency descriptor of a packet says of its frame. Without a structure there is only the number.</summary>
public readonly record struct FrameDependencies
{
    private readonly FrameDependencyStructure? _structure;
    private readonly uint _generation;

    /// <summary>
    /// The structure in force; null when it did not come, or the packet has no descriptor. Null also once the sender changed its structure so
    /// often that the memory of this one is used again (<see cref="DependencyDescriptorReader.MaxStructures"/>).
    /// </summary>
    public FrameDependencyStructure? Structure
    {
        get => _structure is not null && _structure.Generation == _generation ? _structure : null;
        init => (_structure, _generation) = (value, value?.Generation ?? 0);
    }

    /// <summary>Whether the packet has a descriptor, be it one that cannot be read for want of its structure.</summary>
    public bool IsPresent { get; init; }

    /// <summary>The frame's number, in decoding order.</summary>
    public ushort FrameNumber { get; init; }

    /// <summary>Layers, indications, references and chains of the frame.</summary>
    public FrameTemplate Frame { get; init; }

    /// <summary>One bit for each decode target that the sender sends at present, that of target 0 lowest.</summary>
    public uint ActiveTargets { get; init; }

    /// <summary>Bits of the structure in this very descriptor; 0 when it is not attached.</summary>
    public ushort StructureLength { get; init; }
}
