using Bisque.Dtls.Crypto;
using Bisque.Dtls.Records;

namespace Bisque.Dtls.Handshake;

/// <summary>One side's part of a full handshake (RFC 6347 section 4.2.4, figure 1): whole messages in order go in, flights come out.</summary>
internal abstract class HandshakeMachine(HandshakeContext context)
{
    protected HandshakeContext Context => context;

    /// <summary>Whether the peer's Finished has been verified.</summary>
    public bool IsComplete { get; protected set; }

    /// <summary>Whether an undecodable message is to be forgotten, because nothing has begun that it could spoil.</summary>
    public abstract bool IsWaitingForFirstMessage { get; }

    /// <summary>Begins. Only the client has something to say.</summary>
    public abstract void Start();

    /// <summary>Handles the next message. Returns the alert to fail with, or null when all is well.</summary>
    public AlertDescription? Receive(in HandshakeMessage message)
    {
        // A HelloRequest is no part of the handshake (RFC 5246 section 7.4.1.1), and in the midst of one it says nothing new.
        if (message.Type == HandshakeType.HelloRequest)
        {
            return null;
        }

        context.Transcript.Append(message);
        return Handle(message.Type, message.Body);
    }

    /// <summary>Handles a message that the transcript already ends with.</summary>
    protected abstract AlertDescription? Handle(HandshakeType type, ReadOnlySpan<byte> body);

    /// <summary>Checks a signature of the peer over <paramref name="data"/>.</summary>
    protected AlertDescription? CheckSignature(ReadOnlySpan<byte> signedBytes, ReadOnlySpan<byte> data)
    {
        if (!DigitallySigned.TryParse(signedBytes, out var signed))
        {
            return AlertDescription.DecodeError;
        }

        if (!SignatureSchemes.IsKnown(signed.Scheme))
        {
            return AlertDescription.IllegalParameter;
        }

        return context.PeerCertificate!.Verifies(signed.Scheme, data, signed.Signature) ? null : AlertDescription.DecryptError;
    }

    /// <summary>Checks the peer's Finished.</summary>
    protected AlertDescription? CheckFinished(ReadOnlySpan<byte> body) =>
        context.IsFinishedRight(body) ? null : AlertDescription.DecryptError;
}
