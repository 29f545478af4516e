using System.Text;

namespace Bisque.Ice.Agent;

/// <summary>Credentials with their bytes at hand, so that checking a request makes no new ones.</summary>
internal sealed class LocalCredentials(IceCredentials value)
{
    private readonly byte[] _usernamePrefix = Encoding.UTF8.GetBytes(value.UsernameFragment + ":");
    private readonly byte[] _key = Encoding.UTF8.GetBytes(value.Password);

    public IceCredentials Value { get; } = value;

    /// <summary>Key of MESSAGE-INTEGRITY in both directions.</summary>
    public ReadOnlySpan<byte> Key => _key;

    /// <summary>Whether <paramref name="request"/> is addressed to these credentials and was made with their password.</summary>
    public bool Authenticate(in StunMessage request) => request.Username.StartsWith(_usernamePrefix) && request.HasValidIntegrity(_key);
}
