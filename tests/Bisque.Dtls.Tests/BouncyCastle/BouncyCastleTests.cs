using Bisque.Primitives;
using Bisque.Testing;
using Org.BouncyCastle.Tls;

namespace Bisque.Dtls.Tests.BouncyCastle;

/// <summary>BouncyCastle's DTLS 1.2 as the peer, on a thread of its own, over queues.</summary>
public sealed class BouncyCastleTests
{
    private const int Patience = 20_000;
    private static readonly Lazy<BouncyIdentity> EcIdentity = new(() => new(rsa: false));
    private static readonly Lazy<BouncyIdentity> RsaIdentity = new(() => new(rsa: true));

    public static TheoryData<int, int, int> Parameters => new()
    {
        { CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, NamedGroup.x25519, 8 },
        { CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, NamedGroup.secp256r1, 7 },
        { CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, NamedGroup.secp384r1, 1 },
        { CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, NamedGroup.x25519, 2 },
        { CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, NamedGroup.secp384r1, 8 },
    };

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Its_client_connects_to_our_server(int suite, int group, int profile)
    {
        var identity = Identity(suite);
        var client = new BouncyClient(identity, suite, group, profile, KeyMaterialLength(profile));
        Converse(identity, DtlsRole.Server, transport => new DtlsClientProtocol().Connect(client, transport), out var ours);

        AssertSameKeys(client.KeyingMaterial!, ours, profile, DtlsRole.Server);
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Our_client_connects_to_its_server(int suite, int group, int profile)
    {
        var identity = Identity(suite);
        var server = new BouncyServer(identity, suite, group, profile, KeyMaterialLength(profile));
        Converse(identity, DtlsRole.Client, transport => new DtlsServerProtocol().Accept(server, transport), out var ours);

        Assert.True(server.HasClientCertificate);
        AssertSameKeys(server.KeyingMaterial!, ours, profile, DtlsRole.Client);
    }

    [Fact]
    public void Our_client_answers_its_hello_verify_request()
    {
        var identity = EcIdentity.Value;
        var server = new BouncyServer(
            identity, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, NamedGroup.x25519, 8, KeyMaterialLength(8));
        var requests = 0;
        Converse(identity, DtlsRole.Client, Accept, out var ours);

        Assert.Equal(2, requests);
        AssertSameKeys(server.KeyingMaterial!, ours, 8, DtlsRole.Client);

        DtlsTransport Accept(QueueTransport transport)
        {
            var verifier = new DtlsVerifier(identity.Crypto);
            DtlsRequest? request = null;
            var buffer = new byte[2048];
            while (request is null)
            {
                var length = transport.Receive(buffer, Patience);
                requests++;
                request = verifier.VerifyRequest([1], buffer, 0, length, transport);
            }

            return new DtlsServerProtocol().Accept(server, transport, request);
        }
    }

    private static BouncyIdentity Identity(int suite) =>
        TlsUtilities.GetKeyExchangeAlgorithm(suite) == KeyExchangeAlgorithm.ECDHE_RSA ? RsaIdentity.Value : EcIdentity.Value;

    private static int KeyMaterialLength(int profile) => profile switch { 8 => 88, 7 => 56, _ => 60 };

    /// <summary>Connects, sends data that the other side echoes, and closes.</summary>
    private static void Converse(BouncyIdentity identity, DtlsRole role, Func<QueueTransport, DtlsTransport> connect, out Peer ours)
    {
        using var transport = new QueueTransport();
        var peer = ours = new(role, identity.Ours) { Transmit = transport.ToBouncyCastle.Add };
        ours.Endpoint.SetRemoteFingerprint(ours.Fingerprint);
        Exception? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                var connection = connect(transport);
                var buffer = new byte[2048];
                var length = connection.Receive(buffer, 0, buffer.Length, Patience);
                connection.Send(buffer, 0, length);
                connection.Close();
            }
            catch (IOException exception)
            {
                fault = exception;
            }
            finally
            {
                transport.FromBouncyCastle.CompleteAdding();
            }
        });
        thread.Start();

        ours.Endpoint.Start(0.Milliseconds());
        var sent = false;
        while (transport.FromBouncyCastle.TryTake(out var datagram, Patience))
        {
            ours.Endpoint.Receive(datagram, MonotonicTime.FromMilliseconds(1));
            if (ours.State == DtlsState.Connected && !sent)
            {
                sent = true;
                Assert.True(ours.Endpoint.Send("hello"u8));
            }
        }

        Assert.True(thread.Join(Patience));
        Assert.Null(fault);
        Assert.Equal([DtlsState.Connecting, DtlsState.Connected, DtlsState.Closed], peer.States);
        Assert.Equal(["hello"u8.ToArray()], peer.Received);
    }

    private static void AssertSameKeys(byte[] material, Peer ours, int profile, DtlsRole role)
    {
        Assert.Equal(profile, ours.Keys!.Profile);
        var salt = profile >= 7 ? 12 : 14;
        var key = material.Length / 2 - salt;
        byte[] client = [.. material[..key], .. material.AsSpan(2 * key, salt)];
        byte[] server = [.. material[key..(2 * key)], .. material.AsSpan(2 * key + salt, salt)];
        Assert.Equal(role == DtlsRole.Client ? client : server, ours.Keys.LocalKey);
        Assert.Equal(role == DtlsRole.Client ? server : client, ours.Keys.RemoteKey);
    }
}
