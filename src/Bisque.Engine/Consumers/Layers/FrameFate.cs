namespace Bisque.Engine.Consumers.Layers;

/// <summary>What became of a frame.</summary>
internal enum FrameFate : byte
{
    /// <summary>It was not seen: lost, late, or too long ago.</summary>
    Unknown,

    /// <summary>It goes to the receiver.</summary>
    Kept,

    /// <summary>The receiver does not get it.</summary>
    LeftOut,
}
