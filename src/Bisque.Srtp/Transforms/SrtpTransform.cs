using Bisque.Srtp.Packets;

namespace Bisque.Srtp.Transforms;

/// <summary>
/// A cryptographic transform (RFC 3711 section 4): encrypts and authenticates packets whose index is already known. It keeps keys
/// and no state of any stream.
/// </summary>
internal abstract class SrtpTransform : IDisposable
{
    public abstract int RtpTagLength { get; }

    public abstract int RtcpTagLength { get; }

    /// <summary>Whether the SRTCP index comes after the tag (RFC 7714 section 9.2) or before it (RFC 3711 section 3.4).</summary>
    public abstract bool RtcpIndexIsLast { get; }

    public static SrtpTransform Create(SrtpProfile profile, ReadOnlySpan<byte> keyAndSalt)
    {
        var keyLength = profile.KeyLength();
        using var derivation = new KeyDerivation(keyAndSalt[..keyLength], keyAndSalt[keyLength..]);
        return profile.IsAead() ? new AeadGcmTransform(derivation, keyLength) : new AesCmTransform(derivation, profile.RtpTagLength());
    }

    /// <summary>Fills <paramref name="destination"/>, which has the protected packet's length.</summary>
    public abstract void ProtectRtp(uint ssrc, ulong index, in RtpPlaintext plaintext, Span<byte> destination);

    /// <summary>Decrypts in place. False, with the packet as it was, when it is not authentic.</summary>
    public abstract bool UnprotectRtp(uint ssrc, ulong index, Span<byte> packet, int headerLength);

    /// <summary>Fills <paramref name="destination"/>, which has the protected packet's length; always encrypts.</summary>
    public abstract void ProtectRtcp(uint ssrc, uint index, ReadOnlySpan<byte> packet, Span<byte> destination);

    /// <summary>Decrypts in place where the E flag is set. False, with the packet as it was, when it is not authentic.</summary>
    public abstract bool UnprotectRtcp(in SrtcpTrailer trailer, Span<byte> packet);

    public abstract void Dispose();
}
