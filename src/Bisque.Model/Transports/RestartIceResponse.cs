namespace Bisque.Model;

/// <summary>The ICE credentials after a restart.</summary>
public sealed record RestartIceResponse
{
    /// <summary>The new user name fragment.</summary>
    public required string UsernameFragment { get; init; }

    /// <summary>The new password.</summary>
    public required string Password { get; init; }

    /// <summary>Whether the agent is a lite one.</summary>
    public bool IceLite { get; init; }
}
