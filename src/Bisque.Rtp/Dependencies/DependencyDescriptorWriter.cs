using System.Buffers.Binary;

namespace Bisque.Rtp;

/// <summary>Writes dependency descriptors (RTP Payload Format For AV1, appendix A).</summary>
public static class DependencyDescriptorWriter
{
    /// <summary>By how many bytes a descriptor can grow when its active decode targets are written into it: flags and 32 bits.</summary>
    public const int LargestGrowth = 5;

    private const int MandatoryLength = 3;
    private const int ExtendedFlags = 5;

    /// <summary>
    /// Copies a descriptor, with other active decode targets than the sender gave: fewer, for a receiver that does not get all layers.
    /// </summary>
    /// <param name="source">The descriptor as received, which <paramref name="frame"/> was read from.</param>
    /// <param name="frame">What was read from it.</param>
    /// <param name="activeTargets">One bit for each target that the receiver can decode, that of target 0 lowest.</param>
    /// <param name="destination">Room for the source and <see cref="LargestGrowth"/>.</param>
    /// <returns>Bytes written.</returns>
    public static int WriteWithActiveTargets(
        ReadOnlySpan<byte> source, in FrameDependencies frame, uint activeTargets, Span<byte> destination)
    {
        if (frame.Structure is not { } structure)
        {
            source.CopyTo(destination);
            return source.Length;
        }

        source[..MandatoryLength].CopyTo(destination);
        var writer = new BitWriter(destination[MandatoryLength..]);
        if (source.Length == MandatoryLength)
        {
            writer.Write(0b01000, ExtendedFlags);
            writer.Write(activeTargets, structure.DecodeTargetCount);
            return MandatoryLength + writer.Length;
        }

        var reader = new BitReader(source[MandatoryLength..]);
        var flags = reader.Read(ExtendedFlags);
        writer.Write(flags | 0b01000, ExtendedFlags);
        writer.Copy(ref reader, frame.StructureLength);
        reader.Read((flags & 0b01000) != 0 ? structure.DecodeTargetCount : 0);
        writer.Write(activeTargets, structure.DecodeTargetCount);
        writer.Copy(ref reader, (source.Length - MandatoryLength) * 8 - reader.Position);
        return MandatoryLength + writer.Length;
    }

    /// <summary>Writes a descriptor from its parts.</summary>
    /// <param name="descriptor">The fields that each descriptor has.</param>
    /// <param name="structure">To be attached, under template ids from <paramref name="templateIdOffset"/> on; null for none.</param>
    /// <param name="templateIdOffset">The id of the first template, 0 to 63.</param>
    /// <param name="custom">What the frame is, where it differs from its template; null when it does not. Needs a structure.</param>
    /// <param name="known">The structure in force, with <paramref name="custom"/> but nothing attached.</param>
    /// <param name="destination">Room for all of it: 255 bytes are the most that an extension can have.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(
        in DependencyDescriptor descriptor,
        FrameDependencyStructure? structure,
        int templateIdOffset,
        FrameTemplate? custom,
        FrameDependencyStructure? known,
        Span<byte> destination)
    {
        destination[0] = (byte)((descriptor.IsStartOfFrame ? 0x80 : 0) | (descriptor.IsEndOfFrame ? 0x40 : 0) | (descriptor.TemplateId & 0x3f));
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], descriptor.FrameNumber);
        if (structure is null && custom is null)
        {
            return MandatoryLength;
        }

        var writer = new BitWriter(destination[MandatoryLength..]);
        writer.Write(structure is not null);
        writer.Write(false);
        writer.Write(custom is null ? 0u : 0b111, 3);
        if (structure is not null)
        {
            writer.Write((uint)templateIdOffset, 6);
            structure.Write(ref writer);
        }

        if (custom is { } frame && (structure ?? known) is { } inForce)
        {
            WriteFrame(ref writer, frame, inForce);
        }

        return MandatoryLength + writer.Length;
    }

    private static void WriteFrame(scoped ref BitWriter writer, in FrameTemplate frame, FrameDependencyStructure structure)
    {
        for (var i = 0; i < structure.DecodeTargetCount; i++)
        {
            writer.Write((uint)frame.IndicationFor(i), 2);
        }

        for (var i = 0; i < frame.References.Count; i++)
        {
            writer.Write(3, 2);
            writer.Write((uint)(frame.References[i] - 1), 12);
        }

        writer.Write(0, 2);
        for (var i = 0; i < structure.ChainCount; i++)
        {
            writer.Write(i < FrameTemplate.MaxChains ? frame.ChainDistance(i) : 0u, 8);
        }
    }
}
