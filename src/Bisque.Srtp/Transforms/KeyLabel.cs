namespace Bisque.Srtp.Transforms;

/// <summary>Labels that keep the session keys of one master key apart (RFC 3711 sections 4.3.1 and 4.3.2).</summary>
internal enum KeyLabel : byte
{
    RtpEncryption = 0,
    RtpAuthentication = 1,
    RtpSalt = 2,
    RtcpEncryption = 3,
    RtcpAuthentication = 4,
    RtcpSalt = 5,
}
