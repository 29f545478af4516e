using System.Security.Cryptography;
using Bisque.Dtls.Crypto;

namespace Bisque.Dtls.Certificates;

/// <summary>Reads a certificate and its private key from PEM texts (RFC 7468), saying clearly what is wrong with them.</summary>
internal static class PemPair
{
    private const int SmallestRsaBits = 2048;
    private const string P256 = "1.2.840.10045.3.1.7";
    private const string P384 = "1.3.132.0.34";

    /// <summary>The first certificate of a text, as DER.</summary>
    public static byte[] ReadCertificate(string pem)
    {
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label] is "CERTIFICATE")
            {
                return Convert.FromBase64String(rest[fields.Base64Data].ToString());
            }

            rest = rest[fields.Location.End..];
        }

        throw new DtlsCertificateException("the certificate text holds no PEM block of type CERTIFICATE");
    }

    /// <summary>The private key, an <see cref="ECDsa"/> or an <see cref="RSA"/> by the kind of the certificate's key.</summary>
    public static AsymmetricAlgorithm ReadKey(string pem, in SubjectPublicKey certified)
    {
        AsymmetricAlgorithm key = certified.Kind == KeyKind.Ecdsa ? ECDsa.Create() : RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            if (!Belongs(key, certified.Info))
            {
                throw new DtlsCertificateException("the private key does not belong to the certificate, or is only a public key");
            }

            CheckUsable(key);
            return key;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            throw new DtlsCertificateException(
                $"the private key text holds no unencrypted PEM private key of the certificate's kind, {certified.Kind}", exception);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    // A signature proves more than equal public halves: that the private half is there and fits.
    private static bool Belongs(AsymmetricAlgorithm key, ReadOnlySpan<byte> certified)
    {
        ReadOnlySpan<byte> data = "proof of possession"u8;
        if (key is ECDsa signer)
        {
            using var verifier = ECDsa.Create();
            verifier.ImportSubjectPublicKeyInfo(certified, out _);
            return verifier.VerifyData(data, signer.SignData(data, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256);
        }

        using var rsaVerifier = RSA.Create();
        rsaVerifier.ImportSubjectPublicKeyInfo(certified, out _);
        var signature = ((RSA)key).SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return rsaVerifier.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static void CheckUsable(AsymmetricAlgorithm key)
    {
        switch (key)
        {
            case RSA when key.KeySize < SmallestRsaBits:
                throw new DtlsCertificateException($"the RSA key has {key.KeySize} bits; peers want {SmallestRsaBits} or more");
            case ECDsa ec when ec.ExportParameters(false).Curve.Oid.Value is not (P256 or P384):
                throw new DtlsCertificateException("the EC key is on neither P-256 nor P-384");
        }
    }
}
