using Bisque.Dtls.Handshake;
using Bisque.Testing;

namespace Bisque.Dtls.Tests;

public sealed class FragmentationTests
{
    private const ushort KeyShare = 51;

    [Fact]
    public void A_three_kilobyte_hello_is_understood_in_fragments_reversed_repeated_and_overlapping()
    {
        var client = new Peer(DtlsRole.Client, Certificates.Ec);
        var message = new HandshakeMessage(HandshakeType.ClientHello, 0, Datagrams.WithExtension(Datagrams.HelloBody(client), KeyShare, 3000));
        var server = new Peer(DtlsRole.Server, Certificates.OtherEc);
        server.Endpoint.Start(0.Milliseconds());

        var fragments = new List<byte[]>();
        for (var offset = 0; offset < message.Body.Length; offset += 700)
        {
            fragments.Add(Datagrams.Fragment(message, offset, Math.Min(1000, message.Body.Length - offset)));
        }

        fragments.Reverse();
        server.Receive(fragments[..^1]);
        server.Receive(fragments[..^1]);
        Assert.Empty(server.Sent);

        server.Receive(fragments[^1..]);

        Assert.NotEmpty(server.Sent);
        Assert.Equal(DtlsState.Connecting, server.State);
    }

    [Fact]
    public void Fragments_in_every_random_order_give_the_message()
    {
        var random = new SeededRandomSource(7);
        var body = new byte[2000];
        random.Fill(body);
        var message = new HandshakeMessage(HandshakeType.Certificate, 0, body);
        for (var round = 0; round < 200; round++)
        {
            var reassembler = new HandshakeReassembler();
            HandshakeMessage taken;
            while (!reassembler.TryTake(out taken))
            {
                var offset = random.NextInt32(0, body.Length - 1);
                ReadOnlySpan<byte> plaintext = Datagrams.Fragment(message, offset, random.NextInt32(1, body.Length - offset)).AsSpan(13);
                Assert.True(HandshakeFragment.TryTake(ref plaintext, out var fragment));
                Assert.True(reassembler.TryAdd(fragment));
            }

            Assert.Equal(body, taken.Body);
        }
    }

    [Fact]
    public void What_is_kept_of_messages_under_way_is_bounded()
    {
        var reassembler = new HandshakeReassembler();
        var kept = 0;
        for (ushort sequence = 0; sequence < 100; sequence++)
        {
            var message = new HandshakeMessage(HandshakeType.Certificate, sequence, new byte[5000]);
            ReadOnlySpan<byte> plaintext = Datagrams.Fragment(message, 0, 10).AsSpan(13);
            Assert.True(HandshakeFragment.TryTake(ref plaintext, out var fragment));
            kept += reassembler.TryAdd(fragment) ? 5000 : 0;
        }

        Assert.Equal(15_000, kept);
    }

    [Fact]
    public void A_fragment_that_contradicts_an_earlier_one_is_dropped()
    {
        var reassembler = new HandshakeReassembler();
        Assert.True(Add(new(HandshakeType.Certificate, 0, new byte[100])));
        Assert.False(Add(new(HandshakeType.Certificate, 0, new byte[99])));
        Assert.False(Add(new(HandshakeType.ClientHello, 0, new byte[100])));

        bool Add(HandshakeMessage message)
        {
            ReadOnlySpan<byte> plaintext = Datagrams.Fragment(message, 0, 50).AsSpan(13);
            return HandshakeFragment.TryTake(ref plaintext, out var fragment) && reassembler.TryAdd(fragment);
        }
    }
}
