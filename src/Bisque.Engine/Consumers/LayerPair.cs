using System.Globalization;
using Bisque.Model;

namespace Bisque.Engine.Consumers;

/// <summary>A spatial layer and, within it, a temporal one, each counted from 0; -1 where there is none.</summary>
internal readonly record struct LayerPair(short Spatial, short Temporal)
{
    /// <summary>Nothing is sent.</summary>
    public static readonly LayerPair None = new(-1, -1);

    /// <summary>Whether anything is sent.</summary>
    public bool Exists => Spatial >= 0;

    /// <summary>As the controller is told: null for none.</summary>
    public ConsumerLayers? ToModel() =>
        Exists ? new ConsumerLayers { SpatialLayer = (byte)Spatial, TemporalLayer = (byte)Temporal } : null;

    /// <inheritdoc/>
    public override string ToString() => Exists ? string.Create(CultureInfo.InvariantCulture, $"{Spatial}:{Temporal}") : "none";
}
