namespace Bisque.Dtls;

/// <summary>A certificate or private key that cannot be used: not PEM, of an unsupported kind, or not belonging together.</summary>
public sealed class DtlsCertificateException : Exception
{
    /// <summary>An exception that says what is wrong with the pair.</summary>
    public DtlsCertificateException(string message)
        : base(message)
    {
    }

    /// <summary>An exception that says what is wrong with the pair, and what the decoder said.</summary>
    public DtlsCertificateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
