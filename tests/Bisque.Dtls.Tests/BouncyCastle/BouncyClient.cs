using Org.BouncyCastle.Tls;

namespace Bisque.Dtls.Tests.BouncyCastle;

/// <summary>BouncyCastle's DTLS client that offers one suite, one group and one SRTP profile.</summary>
internal sealed class BouncyClient(BouncyIdentity identity, int suite, int group, int srtpProfile, int keyLength) : DefaultTlsClient(identity.Crypto), TlsAuthentication
{
    public byte[]? KeyingMaterial { get; private set; }

    public override TlsAuthentication GetAuthentication() => this;

    public void NotifyServerCertificate(TlsServerCertificate serverCertificate)
    {
    }

    public TlsCredentials GetClientCredentials(CertificateRequest certificateRequest) => identity.Signer(m_context);

    public override IDictionary<int, byte[]> GetClientExtensions()
    {
        var extensions = TlsExtensionsUtilities.EnsureExtensionsInitialised(base.GetClientExtensions());
        TlsSrtpUtilities.AddUseSrtpExtension(extensions, new UseSrtpData([srtpProfile], []));
        return extensions;
    }

    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        KeyingMaterial = m_context.ExportKeyingMaterial(ExporterLabel.dtls_srtp, null, keyLength);
    }

    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.DTLSv12.Only();

    protected override int[] GetSupportedCipherSuites() => [suite];

    protected override IList<int> GetSupportedGroups(IList<int> namedGroupRoles) => [group];
}
