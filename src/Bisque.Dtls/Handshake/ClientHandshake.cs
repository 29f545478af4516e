using System.Buffers.Binary;
using Bisque.Dtls.Certificates;
using Bisque.Dtls.Crypto;
using Bisque.Dtls.Records;

namespace Bisque.Dtls.Handshake;

/// <summary>The client's side.</summary>
internal sealed class ClientHandshake(HandshakeContext context) : HandshakeMachine(context)
{
    private HandshakeType _expected = HandshakeType.ServerHello;
    private bool _hasCookie;
    private bool _isCertificateRequested;
    private SignatureScheme? _scheme;
    private byte[] _serverPublicKey = [];

    public override bool IsWaitingForFirstMessage => false;

    public override void Start()
    {
        Context.Options.Random.Fill(Context.ClientRandom);
        SendHello([]);
    }

    protected override AlertDescription? Handle(HandshakeType type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case HandshakeType.HelloVerifyRequest when _expected == HandshakeType.ServerHello && !_hasCookie:
                return OnHelloVerifyRequest(body);
            case HandshakeType.CertificateRequest when _expected == HandshakeType.ServerHelloDone && !_isCertificateRequested:
                return OnCertificateRequest(body);
            case var _ when type != _expected:
                return AlertDescription.UnexpectedMessage;
            case HandshakeType.ServerHello:
                return OnServerHello(body);
            case HandshakeType.Certificate:
                return OnCertificate(body);
            case HandshakeType.ServerKeyExchange:
                return OnServerKeyExchange(body);
            case HandshakeType.ServerHelloDone:
                return OnServerHelloDone(body);
            default:
                IsComplete = CheckFinished(body) is null;
                return IsComplete ? null : AlertDescription.DecryptError;
        }
    }

    private void SendHello(ReadOnlySpan<byte> cookie)
    {
        Context.Flight.Clear();
        Context.Send(HandshakeType.ClientHello, ClientHello.Write(Context.ClientRandom, cookie, Context.Options.SrtpProfiles));
    }

    // Neither the first hello nor the request is part of what Finished covers (RFC 6347 section 4.2.1).
    private AlertDescription? OnHelloVerifyRequest(ReadOnlySpan<byte> body)
    {
        if (!HelloVerifyRequest.TryParse(body, out var request))
        {
            return AlertDescription.DecodeError;
        }

        _hasCookie = true;
        Context.Transcript.Clear();
        SendHello(request.Cookie);
        return null;
    }

    private AlertDescription? OnServerHello(ReadOnlySpan<byte> body)
    {
        if (!ServerHello.TryParse(body, out var hello))
        {
            return AlertDescription.DecodeError;
        }

        if (hello.Version != DtlsVersion.Dtls12)
        {
            return AlertDescription.ProtocolVersion;
        }

        var answered = hello.Extensions;
        if (answered.HasUnknown)
        {
            return AlertDescription.UnsupportedExtension;
        }

        if (!CipherSuites.IsKnown(hello.CipherSuite)
            || hello.CompressionMethod != 0
            || (answered.HasPointFormats && !answered.PointFormats.Contains((byte)0)))
        {
            return AlertDescription.IllegalParameter;
        }

        if (!answered.HasSrtp || answered.RenegotiatedConnection.Length > 0)
        {
            return AlertDescription.HandshakeFailure;
        }

        if (answered.SrtpProfiles.Length != 2
            || answered.SrtpMki.Length > 0
            || !Context.Options.SrtpProfiles.Contains(BinaryPrimitives.ReadUInt16BigEndian(answered.SrtpProfiles)))
        {
            return AlertDescription.IllegalParameter;
        }

        hello.Random.CopyTo(Context.ServerRandom);
        Context.CipherSuite = hello.CipherSuite;
        Context.SrtpProfile = BinaryPrimitives.ReadUInt16BigEndian(answered.SrtpProfiles);
        Context.UsesExtendedMasterSecret = answered.HasExtendedMasterSecret;
        _expected = HandshakeType.Certificate;
        return null;
    }

    private AlertDescription? OnCertificate(ReadOnlySpan<byte> body)
    {
        if (!CertificateMessage.TryParse(body, out var encoded))
        {
            return AlertDescription.DecodeError;
        }

        if (!PeerCertificate.TryParse(encoded, out var certificate))
        {
            return AlertDescription.UnsupportedCertificate;
        }

        Context.PeerCertificate = certificate;
        _expected = HandshakeType.ServerKeyExchange;
        return null;
    }

    private AlertDescription? OnServerKeyExchange(ReadOnlySpan<byte> body)
    {
        if (!ServerKeyExchange.TryParse(body, out var exchange))
        {
            return AlertDescription.DecodeError;
        }

        if (!EphemeralKey.GroupsInOrderOfPreference.Contains(exchange.Group))
        {
            return AlertDescription.IllegalParameter;
        }

        if (CheckSignature(exchange.Signed, [.. Context.ClientRandom, .. Context.ServerRandom, .. exchange.Parameters]) is { } alert)
        {
            return alert;
        }

        Context.EphemeralKey = EphemeralKey.Generate(exchange.Group, Context.Options.Random);
        _serverPublicKey = exchange.PublicKey.ToArray();
        _expected = HandshakeType.ServerHelloDone;
        return null;
    }

    private AlertDescription? OnCertificateRequest(ReadOnlySpan<byte> body)
    {
        if (!CertificateRequest.TryParse(body, out var request))
        {
            return AlertDescription.DecodeError;
        }

        _isCertificateRequested = true;
        _scheme = SignatureSchemes.Choose(Context.Options.Certificate.KeyKind, request.Schemes);
        return _scheme is null ? AlertDescription.HandshakeFailure : null;
    }

    private AlertDescription? OnServerHelloDone(ReadOnlySpan<byte> body)
    {
        if (!body.IsEmpty)
        {
            return AlertDescription.DecodeError;
        }

        Context.Flight.Clear();
        if (_isCertificateRequested)
        {
            Context.Send(HandshakeType.Certificate, CertificateMessage.Write(Context.Options.Certificate.Encoded));
        }

        Context.Send(HandshakeType.ClientKeyExchange, ClientKeyExchange.Write(Context.EphemeralKey!.PublicKey));
        if (!Context.TryDeriveKeys(_serverPublicKey))
        {
            return AlertDescription.IllegalParameter;
        }

        if (_scheme is { } scheme)
        {
            var signature = Context.Options.Certificate.Sign(scheme, Context.Transcript.Bytes);
            Context.Send(HandshakeType.CertificateVerify, DigitallySigned.Write(scheme, signature));
        }

        Context.SendFinished();
        _expected = HandshakeType.Finished;
        return null;
    }
}
