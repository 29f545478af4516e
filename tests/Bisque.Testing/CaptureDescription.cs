namespace Bisque.Testing;

/// <summary>Who sent the packets of an <see cref="RtpCapture"/>, and how.</summary>
/// <param name="Name">Name of the recording.</param>
/// <param name="Sender">The program, with its version.</param>
/// <param name="MimeType">The codec.</param>
/// <param name="ClockRate">The codec's clock rate in Hz.</param>
/// <param name="PayloadType">The payload type of all RTP packets.</param>
/// <param name="Extensions">Ids of the header extensions by URI.</param>
/// <param name="Streams">The streams; of simulcast the smallest picture first.</param>
/// <param name="Events">What was done to the sender, and when, in microseconds from the first packet.</param>
public sealed record CaptureDescription(
    string Name,
    string Sender,
    string MimeType,
    int ClockRate,
    byte PayloadType,
    Dictionary<string, byte> Extensions,
    CaptureStream[] Streams,
    Dictionary<string, long> Events);

/// <summary>One of the streams.</summary>
/// <param name="Ssrc">Its SSRC.</param>
/// <param name="Rid">Its RID, if it had one.</param>
/// <param name="ScalabilityMode">Its layers, if it had any.</param>
public sealed record CaptureStream(uint Ssrc, string? Rid, string? ScalabilityMode);
