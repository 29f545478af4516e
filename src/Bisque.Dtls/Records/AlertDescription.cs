namespace Bisque.Dtls.Records;

/// <summary>Why an alert was sent (RFC 5246 section 7.2).</summary>
internal enum AlertDescription : byte
{
    CloseNotify = 0,
    UnexpectedMessage = 10,
    HandshakeFailure = 40,
    BadCertificate = 42,
    UnsupportedCertificate = 43,
    IllegalParameter = 47,
    DecodeError = 50,
    DecryptError = 51,
    ProtocolVersion = 70,
    NoRenegotiation = 100,
    UnsupportedExtension = 110,
}
