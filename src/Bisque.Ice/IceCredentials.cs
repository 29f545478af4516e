using Bisque.Primitives;

namespace Bisque.Ice;

/// <summary>What a peer must know to be let in by connectivity checks (RFC 8445 section 5.3).</summary>
/// <param name="UsernameFragment">Identifies the agent: the first half of USERNAME in requests to it.</param>
/// <param name="Password">Key of MESSAGE-INTEGRITY.</param>
public readonly record struct IceCredentials(string UsernameFragment, string Password)
{
    /// <summary>Characters of a generated fragment and of a generated password, 165 bits each (RFC 8445 asks for 24 and 128).</summary>
    public const int Length = 32;

    /// <summary>Fresh credentials of 32 characters each out of 0-9 and a-z.</summary>
    public static IceCredentials Generate(RandomSource random) => new(random.NextString(Length), random.NextString(Length));
}
