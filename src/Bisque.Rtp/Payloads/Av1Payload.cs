namespace Bisque.Rtp;

/// <summary>AV1 payloads (RTP Payload Format For AV1, section 4.4).</summary>
public static class Av1Payload
{
    private const int ContinuesFragment = 0x80;
    private const int NewSequence = 0x08;

    /// <summary>
    /// Whether a coded video sequence, and with it a key frame, begins here: bit N of the aggregation header. It excludes Z, since what
    /// begins continues nothing.
    /// </summary>
    public static bool IsKeyFrame(ReadOnlySpan<byte> payload) =>
        payload.Length > 1 && (payload[0] & (NewSequence | ContinuesFragment)) == NewSequence;
}
