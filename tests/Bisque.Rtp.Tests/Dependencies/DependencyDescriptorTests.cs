using Bisque.Primitives;
using Bisque.Testing;
using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests.Dependencies;

public sealed class DependencyDescriptorTests
{
    // One template of one decode target: a switch point that refers to nothing and begins the only chain. The fields by hand:
    // flags 10000, offset 000000, targets 00000, layers 11, indication 10, no reference 0, one chain 1, its distance 0000, no sizes 0.
    private const string Key = "c0 0001 8000e400";

    [Fact]
    public void A_structure_tells_templates_targets_and_chains()
    {
        var frame = Read(new DependencyDescriptorReader(), Key);

        var structure = Assert.IsType<FrameDependencyStructure>(frame.Structure);
        Assert.Equal((1, 1, 1u), (structure.DecodeTargetCount, structure.ChainCount, structure.AllTargets));
        Assert.Equal((0, 0, 0), (structure.SpatialLayerOf(0), structure.TemporalLayerOf(0), structure.ChainOf(0)));
        Assert.Equal(DecodeTargetIndication.Switch, frame.Frame.IndicationFor(0));
        Assert.Equal((1, 0, 0), (frame.FrameNumber, frame.Frame.References.Count, frame.Frame.ChainDistance(0)));
        Assert.Equal(27 - 5, frame.StructureLength);
    }

    [Fact]
    public void A_short_descriptor_names_a_template_of_the_structure_before_it()
    {
        var reader = new DependencyDescriptorReader();
        var structure = Read(reader, Key).Structure;

        var frame = Read(reader, "80 0002");

        Assert.Same(structure, frame.Structure);
        Assert.Equal(2, frame.FrameNumber);
    }

    [Fact]
    public void Without_a_structure_only_the_number_is_known()
    {
        var frame = Read(new DependencyDescriptorReader(), "80 0102");

        Assert.Null(frame.Structure);
        Assert.Equal((true, 0x102), (frame.IsPresent, frame.FrameNumber));
    }

    [Theory]
    [InlineData("c0 0001 8000e4")] // the structure is cut short
    [InlineData("c1 0001 8000e400")] // a template that there is not
    [InlineData("c0 0001 80")]
    [InlineData("c0 00")]
    [InlineData("c0 0001 8000 0000000000000000000000000000000000000000000000000000000000")] // templates without end
    [InlineData("80 0002 16")] // custom references cut short
    public void What_is_cut_short_or_contradicts_itself_is_refused_and_changes_nothing(string value)
    {
        var reader = new DependencyDescriptorReader();
        var structure = Read(reader, Key).Structure;

        Assert.False(reader.TryRead(new SequenceNumber(2), Bytes(value), out _, out _));

        Assert.Same(structure, Read(reader, "80 0003").Structure);
    }

    [Fact]
    public void A_repeated_structure_is_the_same_one_also_under_other_ids()
    {
        var reader = new DependencyDescriptorReader();
        var structure = Read(reader, Key).Structure!;
        Span<byte> value = stackalloc byte[255];
        var length = DependencyDescriptorWriter.Write(new DependencyDescriptor(true, true, 5, 9, false), structure, 5, null, null, value);

        Assert.True(reader.TryRead(new SequenceNumber(2), value[..length], out var descriptor, out var frame));

        Assert.True(descriptor.IsKeyFrame);
        Assert.Same(structure, frame.Structure);
        Assert.False(reader.TryRead(new SequenceNumber(3), Bytes("80 0003"), out _, out _));
    }

    [Fact]
    public void A_structure_that_comes_late_is_good_for_its_own_packet_only()
    {
        var reader = new DependencyDescriptorReader();
        Assert.True(reader.TryRead(new SequenceNumber(100), Bytes(Key), out _, out var newest));
        Span<byte> value = stackalloc byte[255];
        var old = DependencyDescriptorWriter.Write(new DependencyDescriptor(true, true, 7, 1, false), Structure(2, 2, true), 7, null, null, value);

        Assert.True(reader.TryRead(new SequenceNumber(50), value[..old], out _, out var late));
        Assert.NotSame(newest.Structure, late.Structure);
        Assert.True(reader.TryRead(new SequenceNumber(101), Bytes("80 0002"), out _, out var next));
        Assert.Same(newest.Structure, next.Structure);
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 3, true)]
    [InlineData(2, 2, true)]
    [InlineData(3, 3, false)]
    [InlineData(3, 3, true)]
    [InlineData(4, 4, true)]
    public void What_is_written_is_read_back(int spatial, int temporal, bool chains)
    {
        var structure = Structure(spatial, temporal, chains);
        var custom = new FrameTemplate { Indications = 2, ChainDistances = chains ? 200ul : 0, References = References(300, 4096) };
        Span<byte> value = stackalloc byte[255];
        var reader = new DependencyDescriptorReader();
        var length = DependencyDescriptorWriter.Write(new DependencyDescriptor(true, false, 60, 0xffff, false), structure, 60, null, null, value);
        Assert.True(reader.TryRead(new SequenceNumber(1), value[..length], out _, out var key));
        Assert.True(structure.IsSameAs(key.Structure!));
        Assert.Equal(structure.Templates[0], key.Frame);

        length = DependencyDescriptorWriter.Write(new DependencyDescriptor(true, true, 60, 0, false), null, 60, custom, structure, value);
        Assert.True(reader.TryRead(new SequenceNumber(2), value[..length], out var descriptor, out var frame));

        Assert.Equal(new DependencyDescriptor(true, true, 60, 0, false), descriptor);
        Assert.Equal(custom, frame.Frame);
    }

    [Fact]
    public void Active_targets_can_be_written_into_every_kind_of_descriptor_and_nothing_else_changes()
    {
        var structure = Structure(3, 3, true);
        var custom = new FrameTemplate { Indications = 0x2a, ChainDistances = 77, References = References(5) };
        byte[][] kinds = [Write(structure, null), Write(null, null), Write(null, custom), Write(structure, custom)];
        Span<byte> value = stackalloc byte[300];
        foreach (var kind in kinds)
        {
            var reader = new DependencyDescriptorReader();
            Assert.True(reader.TryRead(new SequenceNumber(1), Write(structure, null), out _, out _));
            Assert.True(reader.TryRead(new SequenceNumber(2), kind, out var before, out var was));

            var length = DependencyDescriptorWriter.WriteWithActiveTargets(kind, was, 0b101, value);
            Assert.InRange(length - kind.Length, 0, DependencyDescriptorWriter.LargestGrowth);
            Assert.True(reader.TryRead(new SequenceNumber(3), value[..length], out var after, out var isNow));
            Assert.Equal(before, after);
            Assert.Equal(was with { ActiveTargets = 0b101 }, isNow);

            // Once more, over those that are there by now.
            var again = DependencyDescriptorWriter.WriteWithActiveTargets(value[..length].ToArray(), isNow, 0b1, value);
            Assert.InRange(again - length, 0, 1);
            Assert.True(reader.TryRead(new SequenceNumber(4), value[..again], out _, out var finally_));
            Assert.Equal(was with { ActiveTargets = 0b1 }, finally_);
        }

        byte[] Write(FrameDependencyStructure? attached, FrameTemplate? frame)
        {
            var written = new byte[255];
            return written[..DependencyDescriptorWriter.Write(new DependencyDescriptor(true, true, 3, 8, false), attached, 3, frame, structure, written)];
        }
    }

    [Fact]
    public void Damaged_descriptors_are_refused_or_can_be_used_whole()
    {
        var value = new byte[255];
        var structure = Structure(3, 3, true);
        var key = value[..DependencyDescriptorWriter.Write(new DependencyDescriptor(true, true, 0, 1, false), structure, 0, null, null, value)];
        var custom = value[..DependencyDescriptorWriter.Write(
            new DependencyDescriptor(true, true, 0, 2, false), null, 0, new FrameTemplate { References = References(9, 8) }, structure, value)];
        var mutator = new Mutator(seed: 4);
        var reader = new DependencyDescriptorReader();
        var written = new byte[8192];
        var read = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var damaged = mutator.Next([key, custom, Bytes("800003"), Bytes(Key)]);
            if (!reader.TryRead(new SequenceNumber((ushort)i), damaged, out _, out var frame) || frame.Structure is not { } known)
            {
                continue;
            }

            read++;
            Assert.InRange(known.DecodeTargetCount, 1, FrameDependencyStructure.MaxDecodeTargets);
            Assert.InRange(known.Templates.Length, 1, FrameDependencyStructure.MaxTemplates);
            Assert.InRange(frame.Frame.SpatialLayer, 0, FrameDependencyStructure.MaxLayers - 1);
            for (var target = 0; target < known.DecodeTargetCount; target++)
            {
                Assert.InRange(known.ChainOf(target), -1, FrameTemplate.MaxChains - 1);
            }

            var length = DependencyDescriptorWriter.WriteWithActiveTargets(damaged, frame, 1, written);
            Assert.InRange(length, damaged.Length, damaged.Length + DependencyDescriptorWriter.LargestGrowth);
        }

        Assert.InRange(read, 10_000, 100_000);
    }

    [Fact]
    public void A_structure_that_changes_all_the_time_is_read_into_the_same_memory_and_old_ones_are_known_no_more()
    {
        var reader = new DependencyDescriptorReader();
        var value = new byte[255];
        byte[][] keys =
        [
            .. Enumerable.Range(1, 8).Select(layers => value[..DependencyDescriptorWriter.Write(
                new DependencyDescriptor(true, true, 0, (ushort)layers, false), Structure(layers, 1, true), 0, null, null, value)]),
        ];
        var number = default(SequenceNumber);
        var frames = new List<FrameDependencies>();
        foreach (var key in keys)
        {
            Assert.True(reader.TryRead(number = number.Next, key, out _, out var frame));
            frames.Add(frame);
            Assert.Equal(frames.Count, frame.Structure!.DecodeTargetCount);

            // Those of the last few packets stay what they were.
            Assert.All(frames.TakeLast(DependencyDescriptorReader.MaxStructures - 1), known => Assert.Equal(known.FrameNumber, known.Structure!.DecodeTargetCount));
            Assert.All(frames.SkipLast(DependencyDescriptorReader.MaxStructures), known => Assert.Null(known.Structure));
        }

        var late = keys[0];
        for (var i = 0; i < 20; i++)
        {
            Assert.True(reader.TryRead(new SequenceNumber(0), late, out _, out _));
            Assert.Equal(8, frames[^1].Structure!.DecodeTargetCount);
        }

        var index = 0;
        Assert.Equal(0, AllocationAssert.BytesAllocated(() => reader.TryRead(number = number.Next, keys[index++ % keys.Length], out _, out _)));
    }

    [Fact]
    public void Reading_a_structure_again_allocates_nothing()
    {
        var reader = new DependencyDescriptorReader();
        var value = new byte[255];
        var key = value[..DependencyDescriptorWriter.Write(new DependencyDescriptor(true, true, 0, 1, false), Structure(3, 3, true), 0, null, null, value)];
        var number = new SequenceNumber(1);

        var allocated = AllocationAssert.BytesAllocated(() => reader.TryRead(number, key, out _, out _));

        Assert.Equal(0, allocated);
    }

    private static FrameDependencies Read(DependencyDescriptorReader reader, string value)
    {
        Assert.True(reader.TryRead(new SequenceNumber(1), Bytes(value), out _, out var frame));
        return frame;
    }

    private static FrameReferences References(params int[] distances)
    {
        var references = default(FrameReferences);
        foreach (var distance in distances)
        {
            Assert.True(references.TryAdd((ushort)distance, out references));
        }

        return references;
    }

    /// <summary>A template for each layer, which refers to the one before it.</summary>
    private static FrameDependencyStructure Structure(int spatialLayers, int temporalLayers, bool chains)
    {
        var templates = new List<FrameTemplate>();
        for (var i = 0; i < spatialLayers * temporalLayers; i++)
        {
            templates.Add(new FrameTemplate
            {
                SpatialLayer = (byte)(i / temporalLayers),
                TemporalLayer = (byte)(i % temporalLayers),
                Indications = 0xaaaaaaaaul << (2 * i) & (spatialLayers * temporalLayers == 32 ? ulong.MaxValue : (1ul << (2 * spatialLayers * temporalLayers)) - 1),
                References = References([.. Enumerable.Range(1, Math.Min(i, 8))]),
                ChainDistances = chains ? (ulong)(i % 16) : 0,
            });
        }

        byte[] protectedBy = chains ? [.. templates.Select(template => template.SpatialLayer)] : [];
        return FrameDependencyStructure.Create(templates.Count, [.. templates], protectedBy);
    }
}
