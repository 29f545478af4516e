using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bisque.Testing;

namespace Bisque.Dtls.Tests;

public sealed class CertificateTests
{
    [Fact]
    public void A_generated_certificate_is_self_signed_p256_for_ten_years_either_way()
    {
        using var certificate = X509CertificateLoader.LoadCertificate(Certificates.Ec.Encoded);

        Assert.Matches("^CN=bisque[0-9]{6}, O=bisque[0-9]{6}$", certificate.Subject);
        Assert.Equal(certificate.Subject, certificate.Issuer);
        Assert.Equal(3, certificate.Version);
        Assert.Equal("1.2.840.10045.4.3.2", certificate.SignatureAlgorithm.Value);
        Assert.Equal(Certificates.Today.AddYears(-10).UtcDateTime, certificate.NotBefore.ToUniversalTime());
        Assert.Equal(Certificates.Today.AddYears(10).UtcDateTime, certificate.NotAfter.ToUniversalTime());
        using var key = certificate.GetECDsaPublicKey()!;
        Assert.Equal(256, key.KeySize);

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(certificate);
        chain.ChainPolicy.VerificationTime = Certificates.Today.UtcDateTime;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.True(chain.Build(certificate));
    }

    [Fact]
    public void A_certificate_that_ends_after_2049_has_the_right_date()
    {
        var late = DtlsCertificate.Generate(new SeededRandomSource(3), Certificates.Today.AddYears(20));
        using var certificate = X509CertificateLoader.LoadCertificate(late.Encoded);
        Assert.Equal(2056, certificate.NotAfter.ToUniversalTime().Year);
    }

    [Fact]
    public void The_random_source_decides_the_key()
    {
        var again = DtlsCertificate.Generate(new SeededRandomSource(1), Certificates.Today);
        using var first = X509CertificateLoader.LoadCertificate(Certificates.Ec.Encoded);
        using var second = X509CertificateLoader.LoadCertificate(again.Encoded);
        Assert.Equal(first.GetPublicKeyString(), second.GetPublicKeyString());
        Assert.Equal(first.SerialNumber, second.SerialNumber);
    }

    [Fact]
    public void Fingerprints_come_in_five_hashes_of_upper_case_hex_with_colons()
    {
        var values = Certificates.Ec.Fingerprints;

        Assert.Equal(Enum.GetValues<FingerprintAlgorithm>(), values.Select(f => f.Algorithm));
        Assert.Equal([20, 28, 32, 48, 64], values.Select(f => f.Value.Split(':').Length));
        Assert.All(values, f => Assert.Matches("^([0-9A-F]{2}:)+[0-9A-F]{2}$", f.Value));
        Assert.Equal(Convert.ToHexString(SHA256.HashData(Certificates.Ec.Encoded)), values[2].Value.Replace(":", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Pem_keys_in_every_usual_form_are_read()
    {
        foreach (var curve in new[] { ECCurve.NamedCurves.nistP256, ECCurve.NamedCurves.nistP384 })
        {
            var (certificate, pkcs8, sec1) = Certificates.EcPem(curve);
            Connects(DtlsCertificate.FromPem(certificate, pkcs8));
            Connects(DtlsCertificate.FromPem("leading text\n" + certificate, sec1));
        }

        using var rsa = RSA.Create();
        rsa.ImportFromPem(Certificates.RsaPem.Key);
        Connects(DtlsCertificate.FromPem(Certificates.RsaPem.Certificate, rsa.ExportPkcs8PrivateKeyPem()));

        static void Connects(DtlsCertificate certificate) =>
            Assert.True(new Pair(server: certificate).Start().Run(TimeSpan.FromSeconds(1)).IsConnected);
    }

    [Fact]
    public void What_is_no_usable_pair_is_refused_with_a_reason()
    {
        var ec = Certificates.EcPem(ECCurve.NamedCurves.nistP256);
        var other = Certificates.EcPem(ECCurve.NamedCurves.nistP256);
        var p521 = Certificates.EcPem(ECCurve.NamedCurves.nistP521);
        using var key = ECDsa.Create();
        key.ImportFromPem(ec.Pkcs8);

        Refused("", ec.Pkcs8, "CERTIFICATE");
        Refused("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", ec.Pkcs8, "X.509");
        Refused(ec.Certificate, "", "private key");
        Refused(ec.Certificate, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "private key");
        Refused(ec.Certificate, other.Pkcs8, "does not belong");
        Refused(ec.Certificate, Certificates.RsaPem.Key, "private key");
        Refused(Certificates.RsaPem.Certificate, ec.Sec1, "private key");
        Refused(ec.Certificate, key.ExportSubjectPublicKeyInfoPem(), "private key");
        Refused(ec.Certificate, key.ExportEncryptedPkcs8PrivateKeyPem("secret", new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 10)), "unencrypted");
        Refused(p521.Certificate, p521.Pkcs8, "P-256");

        static void Refused(string certificate, string key, string reason) =>
            Assert.Contains(reason, Assert.Throws<DtlsCertificateException>(() => DtlsCertificate.FromPem(certificate, key)).Message, StringComparison.Ordinal);
    }
}
