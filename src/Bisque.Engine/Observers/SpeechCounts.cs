namespace Bisque.Engine.Observers;

/// <summary>
/// How much of a level history is speech, counted at three scales (Volfin and Cohen, "Dominant speaker identification for multipoint
/// videoconferencing", section III): the sub-bands of the newest level, the loud levels of the newest 100 ms, and the stretches of
/// 100 ms in the last second that are loud throughout.
/// </summary>
/// <param name="Immediate">Sub-bands that the newest level fills, 0 to 12.</param>
/// <param name="Medium">Loud ones among the newest five levels.</param>
/// <param name="Long">Active ones among the ten stretches of five levels.</param>
internal readonly record struct SpeechCounts(int Immediate, int Medium, int Long)
{
    /// <summary>Sub-bands that a level is divided into.</summary>
    public const int SubBands = 13;

    /// <summary>Levels in a stretch.</summary>
    public const int StretchLength = 5;

    /// <summary>Stretches in the history.</summary>
    public const int Stretches = LevelHistory.Length / StretchLength;

    /// <summary>Width of a sub-band: 127 levels divided into 13, rounded up.</summary>
    private const int SubBandWidth = (127 + SubBands - 1) / SubBands;

    /// <summary>A level that fills more sub-bands than this is loud.</summary>
    private const int LoudSubBands = 7;

    /// <summary>A stretch with more loud levels than this is active.</summary>
    private const int ActiveLevels = 4;

    /// <summary>Counts a history. What does not rise above the noise floor by a sub-band is silence.</summary>
    public static SpeechCounts Of(LevelHistory levels, NoiseFloor floor)
    {
        var silence = floor.Level + SubBandWidth;
        var medium = LoudLevels(levels, 0, silence);
        var active = medium > ActiveLevels ? 1 : 0;
        for (var stretch = 1; stretch < Stretches; stretch++)
        {
            if (LoudLevels(levels, stretch, silence) > ActiveLevels)
            {
                active++;
            }
        }

        return new SpeechCounts(FilledSubBands(levels[0], silence), medium, active);
    }

    private static int LoudLevels(LevelHistory levels, int stretch, int silence)
    {
        var loud = 0;
        for (var i = 0; i < StretchLength; i++)
        {
            if (FilledSubBands(levels[(stretch * StretchLength) + i], silence) > LoudSubBands)
            {
                loud++;
            }
        }

        return loud;
    }

    private static int FilledSubBands(byte level, int silence) => level < silence ? 0 : level / SubBandWidth;
}
