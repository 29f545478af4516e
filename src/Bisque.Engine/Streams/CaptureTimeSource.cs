namespace Bisque.Engine.Streams;

/// <summary>Where the capture times of a sender's packets are read from.</summary>
internal enum CaptureTimeSource
{
    /// <summary>The abs-capture-time header extension.</summary>
    AbsoluteCaptureTime,

    /// <summary>RTCP sender reports.</summary>
    SenderReport,
}
