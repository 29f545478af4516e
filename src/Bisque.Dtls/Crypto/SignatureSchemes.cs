using System.Security.Cryptography;

namespace Bisque.Dtls.Crypto;

/// <summary>The schemes' order of preference and their parts.</summary>
internal static class SignatureSchemes
{
    /// <summary>From the most to the least preferred.</summary>
    public static ReadOnlySpan<SignatureScheme> InOrderOfPreference =>
    [
        SignatureScheme.EcdsaSha256,
        SignatureScheme.RsaSha256,
        SignatureScheme.EcdsaSha384,
        SignatureScheme.RsaSha384,
        SignatureScheme.EcdsaSha512,
        SignatureScheme.RsaSha512,
    ];

    /// <summary>Whether <paramref name="scheme"/> is one of ours.</summary>
    public static bool IsKnown(SignatureScheme scheme) => InOrderOfPreference.Contains(scheme);

    /// <summary>The kind of key that can sign with it.</summary>
    public static KeyKind KeyKind(this SignatureScheme scheme) => (KeyKind)(byte)scheme;

    /// <summary>The hash that is signed.</summary>
    public static HashAlgorithmName Hash(this SignatureScheme scheme) => ((int)scheme >> 8) switch
    {
        4 => HashAlgorithmName.SHA256,
        5 => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };

    /// <summary>Our most preferred scheme for a key that is in the peer's list of 16-bit numbers; null when there is none.</summary>
    public static SignatureScheme? Choose(KeyKind kind, ReadOnlySpan<byte> offered)
    {
        foreach (var scheme in InOrderOfPreference)
        {
            if (scheme.KeyKind() == kind && UInt16List.Contains(offered, (ushort)scheme))
            {
                return scheme;
            }
        }

        return null;
    }
}
