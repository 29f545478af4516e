using Bisque.Model;
using Bisque.Primitives;
using Bisque.Srtp;

namespace Bisque.Engine.Transports;

/// <summary>SRTP without DTLS: each side makes its own key, and the controller carries it to the other.</summary>
/// <param name="suite">The suite that our key is made for; null: no SRTP.</param>
/// <param name="isSuiteFixed">Whether the other side must use the same suite. Otherwise ours follows theirs, with a new key.</param>
/// <param name="random">What keys are made of.</param>
internal sealed class SrtpExchange(SrtpCryptoSuite? suite, bool isSuiteFixed, RandomSource random)
{
    public bool IsEnabled => Local is not null;

    /// <summary>Our key as the controller is to hand it on; null without SRTP.</summary>
    public SrtpParameters? Local { get; private set; } = suite is { } own ? SrtpKeys.Generate(own, random) : null;

    /// <summary>Checks what the controller says of the other side's key and changes nothing; null without SRTP.</summary>
    /// <exception cref="RequestException">TypeError: a key without SRTP, SRTP without a key, another suite, or a key of a wrong length.</exception>
    public RemoteSrtpKey? Read(SrtpParameters? remote)
    {
        if (remote is null)
        {
            return IsEnabled ? throw RequestException.TypeError("missing srtpParameters while SRTP is enabled") : null;
        }

        if (Local is null)
        {
            throw RequestException.TypeError("invalid srtpParameters: SRTP is not enabled");
        }

        if (isSuiteFixed && remote.CryptoSuite != Local.CryptoSuite)
        {
            throw RequestException.TypeError($"invalid srtpParameters.cryptoSuite {remote.CryptoSuite}: must be {Local.CryptoSuite}");
        }

        return new RemoteSrtpKey(remote.CryptoSuite, SrtpKeys.Read(remote));
    }

    /// <summary>The sessions of both directions, by a key that was read before.</summary>
    public (SrtpSession Receive, SrtpSession Send) Open(RemoteSrtpKey remote)
    {
        if (Local!.CryptoSuite != remote.Suite)
        {
            Local = SrtpKeys.Generate(remote.Suite, random);
        }

        var profile = SrtpKeys.Profile(remote.Suite);
        return (
            new SrtpSession(profile, remote.Key, SrtpDirection.Inbound),
            new SrtpSession(profile, SrtpKeys.Read(Local), SrtpDirection.Outbound));
    }
}

/// <summary>The other side's master key and salt, and what they are for.</summary>
internal readonly record struct RemoteSrtpKey(SrtpCryptoSuite Suite, byte[] Key);
