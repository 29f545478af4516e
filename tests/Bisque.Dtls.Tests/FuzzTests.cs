using Bisque.Dtls.Certificates;
using Bisque.Dtls.Handshake;
using Bisque.Dtls.Records;
using Bisque.Testing;

namespace Bisque.Dtls.Tests;

public sealed class FuzzTests
{
    private const int Inputs = 100_000;

    [Fact]
    public void No_parser_throws_on_damaged_messages_and_what_parsed_can_be_read()
    {
        var corpus = HandshakeMessages();
        corpus.AddRange(Recorded());
        corpus.Add(CertificateRequest.Write());
        corpus.Add([0xfe, 0xfd, 3, 1, 2, 3]);
        corpus.Add(Certificates.Ec.Encoded);
        corpus.Add(Certificates.Rsa.Encoded);
        var mutator = new Mutator(21);
        var read = 0L;
        for (var i = 0; i < Inputs; i++)
        {
            read += ReadAll(mutator.Next(corpus));
        }

        Assert.True(read > Inputs);
    }

    [Fact]
    public void Damaged_datagrams_at_every_step_of_a_handshake_never_throw()
    {
        var corpus = Recorded();
        var mutator = new Mutator(22);
        var inputs = 0;
        for (ulong seed = 1; inputs < Inputs; seed++)
        {
            var client = new Peer(DtlsRole.Client, Certificates.Ec, seed, o => o with { Mtu = 400 });
            var server = new Peer(DtlsRole.Server, Certificates.OtherEc, seed, o => o with { Mtu = 400 });
            client.Endpoint.SetRemoteFingerprint(server.Fingerprint);
            server.Endpoint.SetRemoteFingerprint(client.Fingerprint);
            server.Endpoint.Start(0.Milliseconds());
            client.Endpoint.Start(0.Milliseconds());
            for (var step = 1; client.Sent.Count + server.Sent.Count > 0; step++)
            {
                inputs += Deliver(client.TakeSent(), server, mutator, corpus, step) + Deliver(server.TakeSent(), client, mutator, corpus, step);
            }
        }
    }

    [Fact]
    public void Damaged_protected_records_never_throw_and_never_come_through()
    {
        var pair = Pair.Connected();
        pair.Client.Transmit = null;
        for (var i = 0; i < 20; i++)
        {
            Assert.True(pair.Client.Endpoint.Send(new byte[10 * (i + 1)]));
        }

        byte[][] corpus = pair.Client.TakeSent();
        var genuine = corpus.Select(Convert.ToHexString).ToHashSet();
        var mutator = new Mutator(23);
        for (var i = 0; i < Inputs / 2; i++)
        {
            pair.Server.Endpoint.Receive(mutator.Next(corpus), pair.Now);
        }

        Assert.True(pair.IsConnected);
        Assert.All(pair.Server.Received, data => Assert.All(data, b => Assert.Equal(0, b)));
        Assert.True(pair.Server.Received.Count <= genuine.Count);
    }

    [Fact]
    public void Authentic_records_of_nonsense_never_throw()
    {
        byte[][] corpus = [.. HandshakeMessages(), [1, 0], [1, 100], [2, 40], [1]];
        var mutator = new Mutator(24);
        var random = new SeededRandomSource(25);
        var datagram = new byte[32 * 1024];
        var pair = Pair.Connected();
        for (var i = 0; i < Inputs / 2; i++)
        {
            if (!pair.IsConnected)
            {
                pair = Pair.Connected();
            }

            var content = mutator.Next(corpus);
            var length = pair.Client.Endpoint.Records.Write((ContentType)random.NextInt32(20, 23), 1, content, datagram);
            pair.Server.Endpoint.Receive(datagram.AsSpan(0, length), pair.Now);
        }
    }

    [Fact]
    public void Renegotiation_is_refused_and_the_connection_goes_on()
    {
        var pair = Pair.Connected();
        var message = Datagrams.Handshake(HandshakeType.ClientHello, 5, Datagrams.HelloBody(new Peer(DtlsRole.Client, Certificates.Ec)));
        var datagram = new byte[1500];
        var length = pair.Client.Endpoint.Records.Write(ContentType.Handshake, 1, message.AsSpan(DtlsRecord.HeaderLength), datagram);
        pair.Server.Transmit = null;
        pair.Server.Receive([datagram[..length]]);

        ReadOnlySpan<byte> answer = pair.Server.TakeSent().Single();
        Assert.True(DtlsRecord.TryTake(ref answer, out var record));
        var alert = new byte[100];
        Assert.Equal(OpenResult.Opened, pair.Client.Endpoint.Records.Open(record, alert, out var alertLength));
        Assert.Equal([(byte)AlertLevel.Warning, (byte)AlertDescription.NoRenegotiation], alert[..alertLength]);
        Assert.True(pair.IsConnected);
    }

    private static int Deliver(byte[][] datagrams, Peer receiver, Mutator mutator, List<byte[]> corpus, int step)
    {
        const int DamagedPerGenuine = 12;
        var inputs = 0;
        foreach (var datagram in datagrams)
        {
            for (var i = 0; i < DamagedPerGenuine; i++, inputs++)
            {
                receiver.Receive([mutator.Next(i % 2 == 0 ? [datagram] : corpus)], step);
            }

            receiver.Receive([datagram], step);
        }

        return inputs;
    }

    /// <summary>All datagrams of a handshake.</summary>
    private static List<byte[]> Recorded()
    {
        var all = new List<byte[]>();
        var pair = new Pair(clientOptions: o => o with { Mtu = 400 });
        pair.OnArrival = (_, datagram) =>
        {
            all.Add(datagram);
            return datagram;
        };
        pair.Start().Run(TimeSpan.FromSeconds(1));
        Assert.True(pair.IsConnected);
        return all;
    }

    /// <summary>The plaintext handshake messages of a handshake, with their headers, and their bodies.</summary>
    private static List<byte[]> HandshakeMessages()
    {
        var all = new List<byte[]>();
        var pair = new Pair();
        pair.OnArrival = (_, datagram) =>
        {
            ReadOnlySpan<byte> rest = datagram;
            while (DtlsRecord.TryTake(ref rest, out var record))
            {
                if (record.Type == ContentType.Handshake && record.Epoch == 0)
                {
                    all.Add(record.Fragment.ToArray());
                    all.Add(record.Fragment[HandshakeFragment.HeaderLength..].ToArray());
                }
            }

            return datagram;
        };
        pair.Start().Run(TimeSpan.FromSeconds(1));
        return all;
    }

    /// <summary>Gives bytes to every parser and reads whatever they found; returns how many bytes that were.</summary>
    private static long ReadAll(byte[] bytes)
    {
        long read = 0;
        ReadOnlySpan<byte> rest = bytes;
        while (DtlsRecord.TryTake(ref rest, out var record))
        {
            read += Sum(record.Fragment) + Sum(record.Whole) + (int)record.Type + record.Epoch + (long)record.Sequence;
        }

        rest = bytes;
        while (!rest.IsEmpty && HandshakeFragment.TryTake(ref rest, out var fragment))
        {
            read += Sum(fragment.Content) + (int)fragment.Type + fragment.MessageLength + fragment.Offset + fragment.Sequence;
        }

        if (ClientHello.TryParse(bytes, out var client))
        {
            read += Sum(client.Random) + Sum(client.CipherSuites) + Sum(client.CompressionMethods) + client.Version + Read(client.Extensions);
        }

        if (ServerHello.TryParse(bytes, out var server))
        {
            read += Sum(server.Random) + (int)server.CipherSuite + server.CompressionMethod + server.Version + Read(server.Extensions);
        }

        read += HelloVerifyRequest.TryParse(bytes, out var verify) ? Sum(verify.Cookie) : 0;
        read += CertificateMessage.TryParse(bytes, out var encoded) ? Sum(encoded) : 0;
        read += ServerKeyExchange.TryParse(bytes, out var exchange) ? Sum(exchange.PublicKey) + Sum(exchange.Parameters) + Sum(exchange.Signed) : 0;
        read += CertificateRequest.TryParse(bytes, out var request) ? Sum(request.Schemes) : 0;
        read += ClientKeyExchange.TryParse(bytes, out var publicKey) ? Sum(publicKey) : 0;
        read += DigitallySigned.TryParse(bytes, out var signed) ? Sum(signed.Signature) + (int)signed.Scheme : 0;
        read += SubjectPublicKey.TryFind(bytes, out var key) ? Sum(key.Info) + (int)key.Kind : 0;
        return read;
    }

    private static long Read(HelloExtensions extensions) =>
        Sum(extensions.PointFormats) + Sum(extensions.RenegotiatedConnection) + Sum(extensions.SignatureAlgorithms)
        + Sum(extensions.SrtpMki) + Sum(extensions.SrtpProfiles) + Sum(extensions.SupportedGroups);

    private static long Sum(ReadOnlySpan<byte> bytes)
    {
        long sum = 1;
        foreach (var b in bytes)
        {
            sum += b;
        }

        return sum;
    }
}
