using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Bisque.Dtls.Tests.BouncyCastle;

/// <summary>A certificate as both libraries want it.</summary>
internal sealed class BouncyIdentity
{
    private readonly AsymmetricKeyParameter _key;
    private readonly byte[] _encoded;
    private readonly bool _isRsa;

    public BouncyIdentity(bool rsa)
    {
        _isRsa = rsa;
        var (certificate, key) = rsa ? Certificates.RsaPem : (Certificates.EcPem(ECCurve.NamedCurves.nistP256) is var pem ? (pem.Certificate, pem.Pkcs8) : default);
        Ours = DtlsCertificate.FromPem(certificate, key);
        _encoded = Ours.Encoded;
        using AsymmetricAlgorithm framework = rsa ? RSA.Create() : ECDsa.Create();
        framework.ImportFromPem(key);
        _key = PrivateKeyFactory.CreateKey(framework.ExportPkcs8PrivateKey());
    }

    public DtlsCertificate Ours { get; }

    public BcTlsCrypto Crypto { get; } = new(new SecureRandom());

    public TlsCredentialedSigner Signer(TlsContext context)
    {
        var certificate = new Certificate([Crypto.CreateCertificate(_encoded)]);
        var algorithm = new SignatureAndHashAlgorithm(Org.BouncyCastle.Tls.HashAlgorithm.sha256, _isRsa ? SignatureAlgorithm.rsa : SignatureAlgorithm.ecdsa);
        return new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(context), Crypto, _key, certificate, algorithm);
    }
}
