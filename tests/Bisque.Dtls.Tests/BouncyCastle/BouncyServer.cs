using Org.BouncyCastle.Tls;

namespace Bisque.Dtls.Tests.BouncyCastle;

/// <summary>BouncyCastle's DTLS server that accepts one suite, one group and one SRTP profile.</summary>
internal sealed class BouncyServer(BouncyIdentity identity, int suite, int group, int srtpProfile, int keyLength) : DefaultTlsServer(identity.Crypto)
{
    public byte[]? KeyingMaterial { get; private set; }

    public bool HasClientCertificate { get; private set; }

    public override CertificateRequest GetCertificateRequest() => new(
        [ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign],
        TlsUtilities.GetDefaultSupportedSignatureAlgorithms(m_context),
        null);

    public override void NotifyClientCertificate(Certificate clientCertificate) => HasClientCertificate = !clientCertificate.IsEmpty;

    public override IDictionary<int, byte[]> GetServerExtensions()
    {
        var extensions = TlsExtensionsUtilities.EnsureExtensionsInitialised(base.GetServerExtensions());
        TlsSrtpUtilities.AddUseSrtpExtension(extensions, new UseSrtpData([srtpProfile], []));
        return extensions;
    }

    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        KeyingMaterial = m_context.ExportKeyingMaterial(ExporterLabel.dtls_srtp, null, keyLength);
    }

    public override int[] GetSupportedGroups() => [group];

    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.DTLSv12.Only();

    protected override int[] GetSupportedCipherSuites() => [suite];

    protected override TlsCredentialedSigner GetECDsaSignerCredentials() => identity.Signer(m_context);

    protected override TlsCredentialedSigner GetRsaSignerCredentials() => identity.Signer(m_context);
}
