using System.Security.Cryptography;
using Bisque.Dtls.Records;

namespace Bisque.Dtls.Crypto;

/// <summary>Everything derived from one master secret.</summary>
internal sealed class KeySchedule
{
    /// <summary>Bytes of a Finished message's content (RFC 5246 section 7.4.9).</summary>
    public const int VerifyDataLength = 12;

    /// <summary>Bytes of a hello's random.</summary>
    public const int RandomLength = 32;

    private readonly byte[] _masterSecret = new byte[48];
    private readonly byte[] _clientRandom;
    private readonly byte[] _serverRandom;

    /// <summary>
    /// Derives the master secret, over the hash of the handshake so far where both sides know how to (RFC 7627 section 4), otherwise
    /// over the randoms (RFC 5246 section 8.1).
    /// </summary>
    public KeySchedule(ReadOnlySpan<byte> premasterSecret, byte[] clientRandom, byte[] serverRandom, ReadOnlySpan<byte> sessionHash)
    {
        _clientRandom = clientRandom;
        _serverRandom = serverRandom;
        if (sessionHash.IsEmpty)
        {
            TlsPrf.Expand(premasterSecret, "master secret"u8, clientRandom, serverRandom, _masterSecret);
        }
        else
        {
            TlsPrf.Expand(premasterSecret, "extended master secret"u8, sessionHash, [], _masterSecret);
        }
    }

    /// <summary>The ciphers of both directions, from the key block (RFC 5246 section 6.3).</summary>
    public (RecordCipher Client, RecordCipher Server) CreateCiphers(CipherSuite suite)
    {
        var keyLength = suite.KeyLength();
        var nonceLength = suite.FixedNonceLength();
        Span<byte> block = stackalloc byte[2 * (keyLength + nonceLength)];
        TlsPrf.Expand(_masterSecret, "key expansion"u8, _serverRandom, _clientRandom, block);
        var nonces = block[(2 * keyLength)..];
        var client = new RecordCipher(suite, block[..keyLength], nonces[..nonceLength]);
        var server = new RecordCipher(suite, block.Slice(keyLength, keyLength), nonces[nonceLength..]);
        CryptographicOperations.ZeroMemory(block);
        return (client, server);
    }

    /// <summary>The content of the Finished message of one side.</summary>
    public byte[] VerifyData(DtlsRole sender, ReadOnlySpan<byte> handshakeHash)
    {
        var data = new byte[VerifyDataLength];
        TlsPrf.Expand(_masterSecret, sender == DtlsRole.Client ? "client finished"u8 : "server finished"u8, handshakeHash, [], data);
        return data;
    }

    /// <summary>Exports the SRTP keys: client key, server key, client salt, server salt (RFC 5764 section 4.2, RFC 5705).</summary>
    public DtlsSrtpKeys ExportSrtpKeys(ushort profile, DtlsRole role)
    {
        var (keyLength, saltLength) = SrtpKeyLengths.Of(profile);
        Span<byte> material = stackalloc byte[2 * (keyLength + saltLength)];
        TlsPrf.Expand(_masterSecret, "EXTRACTOR-dtls_srtp"u8, _clientRandom, _serverRandom, material);
        var salts = material[(2 * keyLength)..];
        byte[] client = [.. material[..keyLength], .. salts[..saltLength]];
        byte[] server = [.. material.Slice(keyLength, keyLength), .. salts[saltLength..]];
        CryptographicOperations.ZeroMemory(material);
        return role == DtlsRole.Client ? new(profile, client, server) : new(profile, server, client);
    }

    /// <summary>Forgets the master secret.</summary>
    public void Erase() => CryptographicOperations.ZeroMemory(_masterSecret);
}
