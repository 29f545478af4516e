namespace Bisque.Engine.Parameters;

/// <summary>How many layers an encoding has (WebRTC-SVC scalability modes such as <c>L3T3_KEY</c> and <c>S2T1</c>).</summary>
/// <param name="SpatialLayers">Spatial layers, at least 1.</param>
/// <param name="TemporalLayers">Temporal layers, at least 1.</param>
/// <param name="IsKeyFrameOnly">K-SVC: spatial layers depend on each other at key frames only.</param>
/// <param name="IsIndependent">S modes: spatial layers never depend on each other, several pictures in one stream.</param>
internal readonly record struct ScalabilityMode(byte SpatialLayers, byte TemporalLayers, bool IsKeyFrameOnly, bool IsIndependent = false)
{
    public static readonly ScalabilityMode Single = new(1, 1, false);

    /// <summary>Whether a receiver of a spatial layer does without the others between key pictures.</summary>
    public bool IsOwnLayerEnough => IsKeyFrameOnly || IsIndependent;

    /// <summary>Reads a mode; whatever follows it is ignored. False, with <see cref="Single"/>, for text that is none.</summary>
    public static bool TryParse(string? text, out ScalabilityMode mode)
    {
        mode = Single;
        if (text is null || text.Length < 4 || text[0] is not ('L' or 'S'))
        {
            return false;
        }

        var rest = text.AsSpan(1);
        if (!TryReadCount(ref rest, out var spatial) || rest.IsEmpty || rest[0] != 'T')
        {
            return false;
        }

        rest = rest[1..];
        if (!TryReadCount(ref rest, out var temporal))
        {
            return false;
        }

        mode = new ScalabilityMode(spatial, temporal, rest.StartsWith("_KEY", StringComparison.Ordinal), text[0] == 'S');
        return true;
    }

    private static bool TryReadCount(ref ReadOnlySpan<char> text, out byte count)
    {
        count = 0;
        if (text.IsEmpty || text[0] is < '1' or > '9')
        {
            return false;
        }

        var digits = text.Length > 1 && char.IsAsciiDigit(text[1]) ? 2 : 1;
        count = byte.Parse(text[..digits]);
        text = text[digits..];
        return true;
    }
}
