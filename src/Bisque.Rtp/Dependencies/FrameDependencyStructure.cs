namespace Bisque.Rtp;

/// <summary>
/// The templates and decode targets of a stream (RTP Payload Format For AV1, appendix A.8.2, template_dependency_structure). Sent where a
/// coded video sequence begins, good until the next one. Its memory is used again for later ones: <see cref="Generation"/> tells.
/// </summary>
public sealed class FrameDependencyStructure
{
    /// <summary>Most templates of a structure.</summary>
    public const int MaxTemplates = 64;

    /// <summary>Most decode targets of a structure.</summary>
    public const int MaxDecodeTargets = 32;

    /// <summary>Most layers of each kind; a structure with more is refused.</summary>
    public const int MaxLayers = 8;

    private const int SameLayer = 0;
    private const int NextTemporalLayer = 1;
    private const int NextSpatialLayer = 2;
    private const int NoMoreTemplates = 3;

    private readonly FrameTemplate[] _templates = new FrameTemplate[MaxTemplates];
    private readonly byte[] _protectedBy = new byte[MaxDecodeTargets];
    private readonly byte[] _targetSpatial = new byte[MaxDecodeTargets];
    private readonly byte[] _targetTemporal = new byte[MaxDecodeTargets];
    private readonly uint[] _targetsWithin = new uint[MaxDecodeTargets];
    private uint _targetsWithBase;
    private readonly (ushort Width, ushort Height)[] _resolutions = new (ushort, ushort)[MaxLayers];

    private FrameDependencyStructure()
    {
    }

    /// <summary>Another number with each structure that is read into the same memory. Who keeps a reference keeps this with it.</summary>
    public uint Generation { get; private set; }

    /// <summary>How many decode targets there are, 1 to 32.</summary>
    public int DecodeTargetCount { get; private set; }

    /// <summary>How many chains there are, 0 to 32.</summary>
    public int ChainCount { get; private set; }

    /// <summary>The highest spatial layer of a template.</summary>
    public int HighestSpatialLayer { get; private set; }

    /// <summary>Whether sizes are given.</summary>
    public bool HasResolutions { get; private set; }

    /// <summary>The templates.</summary>
    public ReadOnlySpan<FrameTemplate> Templates => _templates.AsSpan(0, TemplateCount);

    /// <summary>One bit for each decode target.</summary>
    public uint AllTargets => uint.MaxValue >> (MaxDecodeTargets - DecodeTargetCount);

    private int TemplateCount { get; set; }

    /// <summary>The highest spatial layer of a decode target.</summary>
    public int SpatialLayerOf(int decodeTarget) => _targetSpatial[decodeTarget];

    /// <summary>The highest temporal layer of a decode target.</summary>
    public int TemporalLayerOf(int decodeTarget) => _targetTemporal[decodeTarget];

    /// <summary>The decode targets of which a receiver of one has every frame, one bit for each. Itself is among them.</summary>
    public uint TargetsWithin(int decodeTarget) => _targetsWithin[decodeTarget];

    /// <summary>
    /// Whether a decode target has the base spatial layer in every picture; false for K-SVC and S modes, where higher layers have it in key pictures
    /// at most.
    /// </summary>
    public bool HasBase(int decodeTarget) => (_targetsWithBase & (1u << decodeTarget)) != 0;

    /// <summary>The chain that protects a decode target; -1 for none.</summary>
    public int ChainOf(int decodeTarget) => ChainCount == 0 || _protectedBy[decodeTarget] >= FrameTemplate.MaxChains ? -1 : _protectedBy[decodeTarget];

    /// <summary>Width and height of a spatial layer in pixels, when <see cref="HasResolutions"/>; 65,536 reads as 0.</summary>
    public (ushort Width, ushort Height) ResolutionOf(int spatialLayer) => _resolutions[spatialLayer];

    /// <summary>Whether two structures say the same.</summary>
    public bool IsSameAs(FrameDependencyStructure other) =>
        DecodeTargetCount == other.DecodeTargetCount
        && ChainCount == other.ChainCount
        && HasResolutions == other.HasResolutions
        && Templates.SequenceEqual(other.Templates)
        && _protectedBy.AsSpan(0, DecodeTargetCount).SequenceEqual(other._protectedBy.AsSpan(0, DecodeTargetCount))
        && _resolutions.AsSpan(0, HighestSpatialLayer + 1).SequenceEqual(other._resolutions.AsSpan(0, HighestSpatialLayer + 1));

    internal static FrameDependencyStructure CreateEmpty() => new();

    /// <summary>Reads a structure over this one, from behind template_id_offset on. False when it is cut short or past a limit.</summary>
    internal bool TryRead(scoped ref BitReader reader)
    {
        Generation++;
        DecodeTargetCount = (int)reader.Read(5) + 1;
        if (!TryReadLayers(ref reader))
        {
            return false;
        }

        for (var i = 0; i < TemplateCount; i++)
        {
            _templates[i] = _templates[i] with { Indications = ReadIndications(ref reader, DecodeTargetCount) };
        }

        if (!TryReadReferences(ref reader))
        {
            return false;
        }

        ReadChains(ref reader);
        FindTargets();
        HasResolutions = reader.ReadFlag();
        for (var spatial = 0; spatial <= HighestSpatialLayer; spatial++)
        {
            _resolutions[spatial] = HasResolutions ? ((ushort)(reader.Read(16) + 1), (ushort)(reader.Read(16) + 1)) : default;
        }

        return !reader.HasFailed;
    }

    /// <summary>Makes a structure of templates, ordered by spatial and then temporal layer.</summary>
    /// <param name="decodeTargetCount">Number of decode targets, 1 to 32.</param>
    /// <param name="templates">1 to 64 templates, in steps of one layer at most; the first is of the base layer.</param>
    /// <param name="protectedBy">The chain of each decode target; empty for no chains.</param>
    /// <exception cref="ArgumentException">The templates make no structure that could be written.</exception>
    public static FrameDependencyStructure Create(
        int decodeTargetCount, ReadOnlySpan<FrameTemplate> templates, ReadOnlySpan<byte> protectedBy)
    {
        var structure = new FrameDependencyStructure { DecodeTargetCount = decodeTargetCount, TemplateCount = templates.Length };
        templates.CopyTo(structure._templates);
        protectedBy.CopyTo(structure._protectedBy);
        foreach (var chain in protectedBy)
        {
            structure.ChainCount = Math.Max(structure.ChainCount, chain + 1);
        }

        structure.HighestSpatialLayer = templates[^1].SpatialLayer;
        structure.FindTargets();
        for (var i = 0; i < templates.Length; i++)
        {
            if (structure.StepTo(i) < 0)
            {
                throw new ArgumentException("Templates go up by one layer at a time.", nameof(templates));
            }
        }

        return structure;
    }

    /// <summary>Writes everything behind template_id_offset.</summary>
    internal void Write(scoped ref BitWriter writer)
    {
        writer.Write((uint)(DecodeTargetCount - 1), 5);
        for (var i = 1; i < TemplateCount; i++)
        {
            writer.Write((uint)StepTo(i), 2);
        }

        writer.Write(NoMoreTemplates, 2);
        foreach (ref readonly var template in Templates)
        {
            for (var i = 0; i < DecodeTargetCount; i++)
            {
                writer.Write((uint)template.IndicationFor(i), 2);
            }
        }

        foreach (ref readonly var template in Templates)
        {
            for (var i = 0; i < template.References.Count; i++)
            {
                writer.Write(true);
                writer.Write((uint)(template.References[i] - 1), 4);
            }

            writer.Write(false);
        }

        WriteChains(ref writer);
        writer.Write(HasResolutions);
        for (var spatial = 0; HasResolutions && spatial <= HighestSpatialLayer; spatial++)
        {
            writer.Write((uint)(ushort)(_resolutions[spatial].Width - 1), 16);
            writer.Write((uint)(ushort)(_resolutions[spatial].Height - 1), 16);
        }
    }

    internal static ulong ReadIndications(scoped ref BitReader reader, int decodeTargetCount)
    {
        var indications = 0UL;
        for (var i = 0; i < decodeTargetCount; i++)
        {
            indications |= (ulong)reader.Read(2) << (2 * i);
        }

        return indications;
    }

    internal static ulong ReadChainDistances(scoped ref BitReader reader, int chainCount, int bits)
    {
        var distances = 0UL;
        for (var i = 0; i < chainCount; i++)
        {
            var distance = (ulong)reader.Read(bits);
            distances |= i < FrameTemplate.MaxChains ? distance << (8 * i) : 0;
        }

        return distances;
    }

    private bool TryReadLayers(scoped ref BitReader reader)
    {
        var (spatial, temporal) = (0, 0);
        TemplateCount = 0;
        while (true)
        {
            if (TemplateCount == MaxTemplates || spatial >= MaxLayers || temporal >= MaxLayers)
            {
                return false;
            }

            _templates[TemplateCount++] = new FrameTemplate { SpatialLayer = (byte)spatial, TemporalLayer = (byte)temporal };
            switch (reader.Read(2))
            {
                case SameLayer:
                    // What is behind the end reads as 0 as well.
                    if (reader.HasFailed)
                    {
                        return false;
                    }

                    break;
                case NextTemporalLayer:
                    temporal++;
                    break;
                case NextSpatialLayer:
                    (spatial, temporal) = (spatial + 1, 0);
                    break;
                case NoMoreTemplates:
                    HighestSpatialLayer = spatial;
                    return true;
            }
        }
    }

    private bool TryReadReferences(scoped ref BitReader reader)
    {
        for (var i = 0; i < TemplateCount; i++)
        {
            var references = default(FrameReferences);
            while (reader.ReadFlag())
            {
                if (!references.TryAdd((ushort)(reader.Read(4) + 1), out references))
                {
                    return false;
                }
            }

            _templates[i] = _templates[i] with { References = references };
        }

        return true;
    }

    private void ReadChains(scoped ref BitReader reader)
    {
        ChainCount = (int)reader.ReadNonSymmetric((uint)DecodeTargetCount + 1);
        Array.Clear(_protectedBy);
        if (ChainCount == 0)
        {
            return;
        }

        for (var i = 0; i < DecodeTargetCount; i++)
        {
            _protectedBy[i] = (byte)reader.ReadNonSymmetric((uint)ChainCount);
        }

        for (var i = 0; i < TemplateCount; i++)
        {
            _templates[i] = _templates[i] with { ChainDistances = ReadChainDistances(ref reader, ChainCount, 4) };
        }
    }

    private void WriteChains(scoped ref BitWriter writer)
    {
        writer.WriteNonSymmetric((uint)ChainCount, (uint)DecodeTargetCount + 1);
        if (ChainCount == 0)
        {
            return;
        }

        for (var i = 0; i < DecodeTargetCount; i++)
        {
            writer.WriteNonSymmetric(_protectedBy[i], (uint)ChainCount);
        }

        foreach (ref readonly var template in Templates)
        {
            for (var i = 0; i < ChainCount; i++)
            {
                writer.Write(i < FrameTemplate.MaxChains ? template.ChainDistance(i) : 0u, 4);
            }
        }
    }

    /// <summary>How the layers go on from the template before; -1 when they cannot.</summary>
    private int StepTo(int template)
    {
        var (spatial, temporal) = (_templates[template].SpatialLayer, _templates[template].TemporalLayer);
        if (template == 0)
        {
            return spatial == 0 && temporal == 0 ? SameLayer : -1;
        }

        var previous = _templates[template - 1];
        return (spatial - previous.SpatialLayer, temporal - previous.TemporalLayer) switch
        {
            (0, 0) => SameLayer,
            (0, 1) => NextTemporalLayer,
            (1, _) when temporal == 0 => NextSpatialLayer,
            _ => -1,
        };
    }

    /// <summary>What follows for the decode targets from the templates in which they are.</summary>
    private void FindTargets()
    {
        Array.Clear(_targetSpatial);
        Array.Clear(_targetTemporal);
        Array.Fill(_targetsWithin, AllTargets);
        _targetsWithBase = 0;
        foreach (ref readonly var template in Templates)
        {
            var present = 0u;
            for (var target = 0; target < DecodeTargetCount; target++)
            {
                present |= template.IndicationFor(target) != DecodeTargetIndication.NotPresent ? 1u << target : 0;
            }

            _targetsWithBase |= template is { SpatialLayer: 0, References.Count: > 0 } ? present : 0;
            for (var target = 0; target < DecodeTargetCount; target++)
            {
                if ((present & (1u << target)) == 0)
                {
                    _targetsWithin[target] &= ~present;
                    continue;
                }

                _targetSpatial[target] = Math.Max(_targetSpatial[target], template.SpatialLayer);
                _targetTemporal[target] = Math.Max(_targetTemporal[target], template.TemporalLayer);
            }
        }
    }
}
