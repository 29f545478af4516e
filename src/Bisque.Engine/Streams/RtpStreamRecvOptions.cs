namespace Bisque.Engine.Streams;

/// <summary>What was negotiated for a received stream.</summary>
internal sealed record RtpStreamRecvOptions : RtpStreamOptions
{
    /// <summary>Whether silence makes the stream inactive: only where other encodings of the same source could take over.</summary>
    public bool InactivityCheck { get; init; }
}
