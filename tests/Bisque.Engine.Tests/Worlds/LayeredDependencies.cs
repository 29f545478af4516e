using Bisque.Rtp;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>Says what the frames of an encoder depend on, and writes it as dependency descriptors.</summary>
internal sealed class LayeredDependencies
{
    private readonly int _spatialLayers;
    private readonly int _temporalLayers;
    private readonly bool _isKeySvc;
    private readonly bool _keepsTemplateIds;
    private readonly bool _isIndependent;
    private readonly int[] _order;
    private readonly List<FrameTemplate> _templates = [];
    private readonly FrameDependencyStructure? _structure;
    private readonly int[][] _newest;
    private readonly int[] _chains;
    private int _position = -1;
    private int _templateIdOffset;
    private int _pictureStart;
    private FrameTemplate _frame;

    public LayeredDependencies(int spatialLayers, int temporalLayers, bool isKeySvc, bool isIndependent = false, bool describes = true, bool keepsTemplateIds = false)
    {
        _isIndependent = isIndependent;
        _spatialLayers = spatialLayers;
        _temporalLayers = temporalLayers;
        _isKeySvc = isKeySvc;
        _keepsTemplateIds = keepsTemplateIds;
        _order = temporalLayers switch { 1 => [0], 2 => [0, 1], _ => [0, 2, 1, 2] };
        _newest = [.. Enumerable.Range(0, spatialLayers).Select(_ => new int[temporalLayers])];
        _chains = new int[spatialLayers];
        if (describes)
        {
            // The frames of a key picture and of one round after it are all that there are.
            var model = new LayeredDependencies(spatialLayers, temporalLayers, isKeySvc, isIndependent, describes: false);
            for (var picture = 0; picture <= 2 * _order.Length; picture++)
            {
                model.BeginPicture(picture == 0);
                for (var spatial = 0; spatial < spatialLayers; spatial++)
                {
                    var frame = model.NextFrame(spatial);
                    if (!_templates.Contains(frame))
                    {
                        _templates.Add(frame);
                    }
                }
            }

            _templates = [.. _templates.OrderBy(template => (template.SpatialLayer, template.TemporalLayer))];
            var protectedBy = Enumerable.Range(0, spatialLayers * temporalLayers).Select(target => (byte)(target / temporalLayers));
            _structure = FrameDependencyStructure.Create(spatialLayers * temporalLayers, [.. _templates], [.. protectedBy]);
        }
    }

    public FrameDependencyStructure? Structure => _structure;

    public int FrameId { get; private set; } = -1;

    public bool IsKey { get; private set; }

    public int Temporal { get; private set; }

    public void BeginPicture(bool key)
    {
        IsKey = key;
        _position = key ? 0 : (_position + 1) % _order.Length;
        Temporal = _order[_position];
        _pictureStart = FrameId + 1;
        _templateIdOffset = key && !_keepsTemplateIds && _templates.Count > 0 ? (_templateIdOffset + _templates.Count) % 64 : _templateIdOffset;
    }

    /// <summary>The next frame of the picture.</summary>
    public FrameTemplate NextFrame(int spatial)
    {
        var id = ++FrameId;
        var references = default(FrameReferences);
        if (!IsKey)
        {
            // The base refers to itself, the middle to the base, the top to whichever of them came last.
            var below = Enumerable.Range(0, Math.Max(Temporal, 1)).Max(temporal => _newest[spatial][temporal]);
            references.TryAdd((ushort)(id - below), out references);
        }

        if (spatial > 0 && !_isIndependent && (IsKey || !_isKeySvc))
        {
            // Where the layer below was left out of the picture, its last one serves.
            references.TryAdd((ushort)(id - Enumerable.Range(0, Temporal + 1).Max(temporal => _newest[spatial - 1][temporal])), out references);
        }

        var chainDistances = 0UL;
        for (var chain = 0; chain < _spatialLayers; chain++)
        {
            chainDistances |= IsKey && _chains[chain] < _pictureStart ? 0 : (ulong)((id - _chains[chain]) & 0xff) << (8 * chain);
        }

        var indications = 0UL;
        for (var target = 0; target < _spatialLayers * _temporalLayers; target++)
        {
            indications |= (ulong)Indication(spatial, target / _temporalLayers, target % _temporalLayers) << (2 * target);
        }

        _frame = new FrameTemplate
        {
            SpatialLayer = (byte)spatial,
            TemporalLayer = (byte)Temporal,
            References = references,
            ChainDistances = chainDistances,
            Indications = indications,
        };
        _newest[spatial][Temporal] = id;
        for (var chain = 0; chain < _spatialLayers && Temporal == 0; chain++)
        {
            _chains[chain] = (IsKey || !_isKeySvc) && !_isIndependent ? (spatial <= chain ? id : _chains[chain]) : spatial == chain ? id : _chains[chain];
        }

        if (IsKey)
        {
            Array.Fill(_newest[spatial], id);
        }

        return _frame;
    }

    /// <summary>The descriptor of a packet of the newest frame; the first of a key picture has the structure.</summary>
    public byte[] Descriptor(bool begins, bool ends)
    {
        // A frame that is like none of the templates is like one of its layers, but for what it says itself.
        var isKnown = _templates.Contains(_frame);
        var template = isKnown ? _templates.IndexOf(_frame) : _templates.FindIndex(
            other => (other.SpatialLayer, other.TemporalLayer) == (_frame.SpatialLayer, _frame.TemporalLayer));
        var fields = new DependencyDescriptor(
            begins, ends, (byte)((_templateIdOffset + template) % 64), (ushort)FrameId, HasTemplateStructure: false);
        var attached = IsKey && _frame.SpatialLayer == 0 && begins ? _structure : null;
        var value = new byte[255];
        return value[..DependencyDescriptorWriter.Write(fields, attached, _templateIdOffset, isKnown ? null : _frame, _structure, value)];
    }

    private DecodeTargetIndication Indication(int spatial, int targetSpatial, int targetTemporal)
    {
        var isOfTarget = Temporal <= targetTemporal && ((IsKey || !_isKeySvc) && !_isIndependent ? spatial <= targetSpatial : spatial == targetSpatial);
        return !isOfTarget ? DecodeTargetIndication.NotPresent
            : IsKey || (spatial == targetSpatial && Temporal < 2) ? DecodeTargetIndication.Switch
            : Temporal == _temporalLayers - 1 && Temporal > 0 ? DecodeTargetIndication.Discardable
            : DecodeTargetIndication.Required;
    }
}
