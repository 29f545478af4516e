namespace Bisque.Engine.Streams;

/// <summary>What was negotiated for a sent stream.</summary>
internal sealed record RtpStreamSendOptions : RtpStreamOptions;
