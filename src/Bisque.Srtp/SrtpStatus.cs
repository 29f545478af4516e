namespace Bisque.Srtp;

/// <summary>What became of a packet that was to be opened.</summary>
public enum SrtpStatus
{
    /// <summary>Authentic, seen for the first time, and decrypted in place.</summary>
    Ok,

    /// <summary>The tag does not fit: forged, damaged, or protected under another key or rollover counter.</summary>
    AuthenticationFailed,

    /// <summary>This packet index was opened before (RFC 3711 section 3.3.2).</summary>
    Replayed,

    /// <summary>The packet index lies before the replay window, so that a replay could not be told (RFC 3711 section 3.3.2).</summary>
    TooOld,

    /// <summary>Too short, or not an RTP or RTCP packet of version 2.</summary>
    Malformed,
}
