namespace Bisque.LoadTest;

/// <summary>How a goal's outcome is worded.</summary>
internal static class Goals
{
    public static string Word(bool isMet) => isMet ? "met" : "MISSED";
}
