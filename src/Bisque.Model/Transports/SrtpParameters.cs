namespace Bisque.Model;

/// <summary>The suite and keys of one direction of SRTP.</summary>
public sealed record SrtpParameters
{
    /// <summary>The suite.</summary>
    public SrtpCryptoSuite CryptoSuite { get; init; }

    /// <summary>Master key and salt in base64.</summary>
    public required string KeyBase64 { get; init; }
}
