namespace Bisque.Dtls;

/// <summary>Master keys and salts for SRTP, exported from the handshake (RFC 5764 section 4.2).</summary>
public sealed class DtlsSrtpKeys
{
    internal DtlsSrtpKeys(ushort profile, byte[] localKey, byte[] remoteKey)
    {
        Profile = profile;
        LocalKey = localKey;
        RemoteKey = remoteKey;
    }

    /// <summary>The negotiated SRTP protection profile.</summary>
    public ushort Profile { get; }

    /// <summary>Key followed by salt for what this side sends.</summary>
    public byte[] LocalKey { get; }

    /// <summary>Key followed by salt for what the peer sends.</summary>
    public byte[] RemoteKey { get; }
}
