using Bisque.Dtls.Certificates;
using Bisque.Dtls.Crypto;
using Bisque.Dtls.Records;

namespace Bisque.Dtls.Handshake;

/// <summary>
/// The server's side. No HelloVerifyRequest: the address has been validated by ICE before a datagram gets here, so a cookie would
/// only cost a round trip.
/// </summary>
internal sealed class ServerHandshake(HandshakeContext context) : HandshakeMachine(context)
{
    private HandshakeType _expected = HandshakeType.ClientHello;

    public override bool IsWaitingForFirstMessage => _expected == HandshakeType.ClientHello;

    public override void Start()
    {
    }

    protected override AlertDescription? Handle(HandshakeType type, ReadOnlySpan<byte> body)
    {
        if (type != _expected)
        {
            return AlertDescription.UnexpectedMessage;
        }

        return type switch
        {
            HandshakeType.ClientHello => OnClientHello(body),
            HandshakeType.Certificate => OnCertificate(body),
            HandshakeType.ClientKeyExchange => OnClientKeyExchange(body),
            HandshakeType.CertificateVerify => OnCertificateVerify(body),
            _ => OnFinished(body),
        };
    }

    private AlertDescription? OnClientHello(ReadOnlySpan<byte> body)
    {
        if (!ClientHello.TryParse(body, out var hello))
        {
            return AlertDescription.DecodeError;
        }

        if (!DtlsVersion.Allows12(hello.Version))
        {
            return AlertDescription.ProtocolVersion;
        }

        var offered = hello.Extensions;
        if (!hello.CompressionMethods.Contains((byte)0) || (offered.HasPointFormats && !offered.PointFormats.Contains((byte)0)))
        {
            return AlertDescription.IllegalParameter;
        }

        var kind = Context.Options.Certificate.KeyKind;
        if (offered.RenegotiatedConnection.Length > 0
            || ChooseCipherSuite(hello.CipherSuites, kind) is not { } suite
            || ChooseGroup(offered) is not { } group
            || SignatureSchemes.Choose(kind, offered.SignatureAlgorithms) is not { } scheme
            || ChooseSrtpProfile(offered.SrtpProfiles) is not { } srtpProfile)
        {
            return AlertDescription.HandshakeFailure;
        }

        hello.Random.CopyTo(Context.ClientRandom);
        Context.Options.Random.Fill(Context.ServerRandom);
        Context.CipherSuite = suite;
        Context.SrtpProfile = srtpProfile;
        Context.UsesExtendedMasterSecret = offered.HasExtendedMasterSecret;
        Context.EphemeralKey = EphemeralKey.Generate(group, Context.Options.Random);

        Context.Flight.Clear();
        Context.Send(HandshakeType.ServerHello, ServerHello.Write(hello, Context.ServerRandom, suite, srtpProfile));
        Context.Send(HandshakeType.Certificate, CertificateMessage.Write(Context.Options.Certificate.Encoded));
        Context.Send(HandshakeType.ServerKeyExchange, SignedParameters(group, scheme));
        Context.Send(HandshakeType.CertificateRequest, CertificateRequest.Write());
        Context.Send(HandshakeType.ServerHelloDone, []);
        _expected = HandshakeType.Certificate;
        return null;
    }

    private byte[] SignedParameters(NamedGroup group, SignatureScheme scheme)
    {
        var parameters = ServerKeyExchange.WriteParameters(group, Context.EphemeralKey!.PublicKey);
        var signature = Context.Options.Certificate.Sign(scheme, [.. Context.ClientRandom, .. Context.ServerRandom, .. parameters]);
        return [.. parameters, .. DigitallySigned.Write(scheme, signature)];
    }

    private AlertDescription? OnCertificate(ReadOnlySpan<byte> body)
    {
        if (!CertificateMessage.TryParse(body, out var encoded))
        {
            return AlertDescription.DecodeError;
        }

        // A client without a certificate sends an empty list (RFC 5246 section 7.4.6), but without one there is no fingerprint.
        if (encoded.IsEmpty)
        {
            return AlertDescription.HandshakeFailure;
        }

        if (!PeerCertificate.TryParse(encoded, out var certificate))
        {
            return AlertDescription.UnsupportedCertificate;
        }

        Context.PeerCertificate = certificate;
        _expected = HandshakeType.ClientKeyExchange;
        return null;
    }

    private AlertDescription? OnClientKeyExchange(ReadOnlySpan<byte> body)
    {
        if (!ClientKeyExchange.TryParse(body, out var publicKey))
        {
            return AlertDescription.DecodeError;
        }

        _expected = HandshakeType.CertificateVerify;
        return Context.TryDeriveKeys(publicKey) ? null : AlertDescription.IllegalParameter;
    }

    private AlertDescription? OnCertificateVerify(ReadOnlySpan<byte> body)
    {
        _expected = HandshakeType.Finished;
        return CheckSignature(body, Context.Transcript.BeforeLastMessage);
    }

    private AlertDescription? OnFinished(ReadOnlySpan<byte> body)
    {
        if (CheckFinished(body) is { } alert)
        {
            return alert;
        }

        Context.Flight.Clear();
        Context.SendFinished();
        IsComplete = true;
        return null;
    }

    private static CipherSuite? ChooseCipherSuite(ReadOnlySpan<byte> offered, KeyKind kind)
    {
        foreach (var suite in CipherSuites.InOrderOfPreference)
        {
            if (suite.KeyKind() == kind && UInt16List.Contains(offered, (ushort)suite))
            {
                return suite;
            }
        }

        return null;
    }

    // Without the extension the choice is ours (RFC 8422 section 4), and P-256 is what everybody has.
    private static NamedGroup? ChooseGroup(in HelloExtensions offered)
    {
        if (!offered.HasSupportedGroups)
        {
            return NamedGroup.Secp256r1;
        }

        foreach (var group in EphemeralKey.GroupsInOrderOfPreference)
        {
            if (UInt16List.Contains(offered.SupportedGroups, (ushort)group))
            {
                return group;
            }
        }

        return null;
    }

    private ushort? ChooseSrtpProfile(ReadOnlySpan<byte> offered)
    {
        var profiles = Context.Options.SrtpProfiles;
        for (var i = 0; i < profiles.Count; i++)
        {
            if (UInt16List.Contains(offered, profiles[i]))
            {
                return profiles[i];
            }
        }

        return null;
    }
}
