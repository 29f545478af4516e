namespace Bisque.Channel;

/// <summary>What reading a stretch of the stream came to.</summary>
public enum FrameStatus
{
    /// <summary>All input is consumed and no frame is complete.</summary>
    NeedMore,

    /// <summary>A frame is complete; there may be more input.</summary>
    Complete,

    /// <summary>A length that no frame can have: where the next frame begins is lost, and the stream with it.</summary>
    Impossible,
}
