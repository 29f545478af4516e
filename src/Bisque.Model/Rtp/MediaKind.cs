namespace Bisque.Model;

/// <summary>The kind of media.</summary>
public enum MediaKind : byte
{
    /// <summary>Audio.</summary>
    Audio,

    /// <summary>Video.</summary>
    Video,
}
