using System.Security.Cryptography;
using Bisque.Dtls.Certificates;
using Bisque.Dtls.Crypto;
using Bisque.Dtls.Records;

namespace Bisque.Dtls.Handshake;

/// <summary>What both sides of a handshake keep: what has been said, what was negotiated, and the flight on its way out.</summary>
internal sealed class HandshakeContext(DtlsOptions options, RecordLayer records, Flight flight)
{
    private ushort _nextSequence;

    public DtlsOptions Options => options;

    public Flight Flight => flight;

    public Transcript Transcript { get; } = new();

    public byte[] ClientRandom { get; } = new byte[KeySchedule.RandomLength];

    public byte[] ServerRandom { get; } = new byte[KeySchedule.RandomLength];

    public CipherSuite CipherSuite { get; set; }

    public ushort SrtpProfile { get; set; }

    public bool UsesExtendedMasterSecret { get; set; }

    public PeerCertificate? PeerCertificate { get; set; }

    public EphemeralKey? EphemeralKey { get; set; }

    public KeySchedule? Keys { get; private set; }

    /// <summary>Adds a message to the outgoing flight and to the transcript.</summary>
    public void Send(HandshakeType type, byte[] body, ushort epoch = 0)
    {
        var message = new HandshakeMessage(type, _nextSequence++, body);
        flight.Add(message, epoch);
        Transcript.Append(message);
    }

    /// <summary>Ends the flight with ChangeCipherSpec and our Finished.</summary>
    public void SendFinished()
    {
        flight.AddChangeCipherSpec();
        Send(HandshakeType.Finished, Keys!.VerifyData(options.Role, Transcript.Hash()), epoch: 1);
        records.WriteEpoch = 1;
    }

    /// <summary>Agrees on the premaster secret and derives everything else. The transcript must end with the ClientKeyExchange.</summary>
    public bool TryDeriveKeys(ReadOnlySpan<byte> peerPublicKey)
    {
        if (EphemeralKey?.Agree(peerPublicKey) is not { } premasterSecret)
        {
            return false;
        }

        Keys = new(premasterSecret, ClientRandom, ServerRandom, UsesExtendedMasterSecret ? Transcript.Hash() : []);
        Array.Clear(premasterSecret);
        EphemeralKey.Dispose();
        EphemeralKey = null;
        var (client, server) = Keys.CreateCiphers(CipherSuite);
        records.InstallKeys(options.Role == DtlsRole.Client ? server : client, options.Role == DtlsRole.Client ? client : server);
        return true;
    }

    /// <summary>Whether the peer's Finished, the last message of the transcript, covers all that was said before it.</summary>
    public bool IsFinishedRight(ReadOnlySpan<byte> verifyData)
    {
        var peer = options.Role == DtlsRole.Client ? DtlsRole.Server : DtlsRole.Client;
        return CryptographicOperations.FixedTimeEquals(verifyData, Keys!.VerifyData(peer, Transcript.HashBeforeLastMessage()));
    }
}
