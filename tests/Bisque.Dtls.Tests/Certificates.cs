using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bisque.Testing;

namespace Bisque.Dtls.Tests;

/// <summary>Certificates made once for all tests.</summary>
internal static class Certificates
{
    public static readonly DateTimeOffset Today = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static readonly DtlsCertificate Ec = DtlsCertificate.Generate(new SeededRandomSource(1), Today);

    public static readonly DtlsCertificate OtherEc = DtlsCertificate.Generate(new SeededRandomSource(2), Today);

    private static readonly Lazy<DtlsCertificate> LazyRsa = new(() => DtlsCertificate.FromPem(RsaPem.Certificate, RsaPem.Key));

    private static readonly Lazy<(string Certificate, string Key)> LazyRsaPem = new(() =>
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=rsa", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(Today.AddDays(-1), Today.AddDays(100));
        return (certificate.ExportCertificatePem(), key.ExportRSAPrivateKeyPem());
    });

    public static DtlsCertificate Rsa => LazyRsa.Value;

    public static (string Certificate, string Key) RsaPem => LazyRsaPem.Value;

    /// <summary>A framework-made certificate on <paramref name="curve"/>, with its key in PKCS#8 and SEC 1.</summary>
    public static (string Certificate, string Pkcs8, string Sec1) EcPem(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        var request = new CertificateRequest("CN=ec", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(Today.AddDays(-1), Today.AddDays(100));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), key.ExportECPrivateKeyPem());
    }
}
