namespace Bisque.Engine.Observers;

/// <summary>
/// How loud a speaker's room is when nobody speaks: the lowest level that was heard. It falls at once, and rises each 15 s towards the
/// lowest level of those, so that somebody who moved to a noisier place is not taken for a speaker for ever.
/// </summary>
internal sealed class NoiseFloor
{
    /// <summary>Levels in a window: 15 s of packets of 20 ms.</summary>
    public const int WindowLength = 750;

    private byte _lowestInWindow;
    private int _levelsInWindow;

    /// <summary>The floor on the scale of levels, 0 to 127; 0 while nothing was heard.</summary>
    public byte Level { get; private set; }

    /// <summary>Takes a level into account. Digital silence (0) says nothing of a room.</summary>
    public void OnLevel(byte level)
    {
        if (level == 0)
        {
            return;
        }

        if (Level == 0 || level < Level)
        {
            Level = level;
            _levelsInWindow = 0;
            return;
        }

        _lowestInWindow = _levelsInWindow == 0 ? level : Math.Min(_lowestInWindow, level);
        if (++_levelsInWindow == WindowLength)
        {
            Level = (byte)Math.Sqrt(Level * _lowestInWindow);
            _levelsInWindow = 0;
        }
    }
}
