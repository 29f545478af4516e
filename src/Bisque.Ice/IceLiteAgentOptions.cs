namespace Bisque.Ice;

/// <summary>What an <see cref="IceLiteAgent"/> can be told at its creation.</summary>
public sealed class IceLiteAgentOptions
{
    /// <summary>The shortest consent timeout that is taken.</summary>
    public static readonly TimeSpan MinimumConsentTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The longest consent timeout that is taken.</summary>
    public static readonly TimeSpan MaximumConsentTimeout = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long the peer may stay without a valid check before all tuples are dropped (RFC 7675 section 5.1). Zero means forever;
    /// anything else is brought into 10 to 60 seconds.
    /// </summary>
    public TimeSpan ConsentTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The timeout in force: zero for none, otherwise 10 to 60 seconds.</summary>
    internal TimeSpan EffectiveConsentTimeout =>
        ConsentTimeout <= TimeSpan.Zero ? TimeSpan.Zero
        : ConsentTimeout < MinimumConsentTimeout ? MinimumConsentTimeout
        : ConsentTimeout > MaximumConsentTimeout ? MaximumConsentTimeout
        : ConsentTimeout;
}
